package chatops.local.demo;

import chatops.chat.Language;
import chatops.cloudsim.ecs.Pace;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The one-machine host as a process of its own, without a scenario: serves until it is killed. */
final class HostProcess implements AutoCloseable {
  private static final Pace PACE = Pace.of(Duration.ofMillis(700));

  private final Process process;
  private final URI invitation;

  private HostProcess(Process process, URI invitation) {
    this.process = process;
    this.invitation = invitation;
  }

  /** What the process runs: tells where its page is in a file, because the address carries the start token. */
  public static void main(String[] arguments) throws Exception {
    Demo.Plan plan =
        new Demo.Plan(0, Language.EN, 3, Path.of(arguments[0]), null, Path.of(arguments[1]), PACE);
    Demo demo = Demo.start(plan, System.out);
    Path draft = Path.of(arguments[2] + ".new");
    Files.writeString(draft, demo.pageAddress().toString());
    Files.move(draft, Path.of(arguments[2]));
    Thread.sleep(TimeUnit.MINUTES.toMillis(10));
  }

  static HostProcess start(Path keep, Path templates, Path told)
      throws IOException, InterruptedException {
    Files.deleteIfExists(told);
    Process process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            HostProcess.class.getName(),
            keep.toString(),
            templates.toString(),
            told.toString()))
        .redirectErrorStream(true)
        .redirectOutput(told.resolveSibling(told.getFileName() + ".out").toFile())
        .start();
    for (int i = 0; i < 600 && process.isAlive() && !Files.exists(told); i++) {
      Thread.sleep(100);
    }
    if (!Files.exists(told)) {
      process.destroyForcibly();
      throw new AssertionError("the host did not start: "
          + Files.readString(
              told.resolveSibling(told.getFileName() + ".out"), StandardCharsets.UTF_8));
    }
    return new HostProcess(process, URI.create(Files.readString(told)));
  }

  PageClient page() {
    return new PageClient(invitation);
  }

  /** As {@code kill -9} does: no hook, no finally, no close. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) throw new AssertionError("the host lives on");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
