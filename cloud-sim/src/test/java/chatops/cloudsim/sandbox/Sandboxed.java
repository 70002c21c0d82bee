package chatops.cloudsim.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.cloudsim.assistant.Ending;
import chatops.cloudsim.assistant.Guest;
import chatops.cloudsim.assistant.Script;
import chatops.cloudsim.assistant.Trouble;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.seed.Names;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs scripts in sandboxes for tests. */
final class Sandboxed implements AutoCloseable {
  /** How a script ended and what it wrote. */
  record Ran(Trouble trouble, int exitCode, String output, String info) {}

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final Names names = new Names(9);
  private final Fleet fleet = new Fleet(clock, names, Pace.realistic());
  private @Nullable SandboxGuest guest;

  /** Skips the tests where no sandbox can be made, and says why. */
  void open() {
    String missing = SandboxGuest.missing().orElse("");
    assumeTrue(missing.isEmpty(), "sandbox: skipped, " + missing);
    guest = SandboxGuest.create(clock);
  }

  SandboxGuest guest() {
    return Objects.requireNonNull(guest);
  }

  Fleet.Sight launch(InstanceSpec spec) {
    return fleet.look(fleet.launch(spec));
  }

  Ran run(Fleet.Sight instance, String script) throws InterruptedException {
    return run(instance, script("", "", script, 60));
  }

  Ran run(Fleet.Sight instance, Script script) throws InterruptedException {
    return result(guest().start(instance, script));
  }

  Ran result(Guest.Process process) throws InterruptedException {
    process.await(Duration.ofSeconds(90));
    Ending ending = process.ended(clock.instant()).orElseThrow();
    return new Ran(
        ending.trouble(),
        ending.exitCode(),
        new String(process.output(clock.instant()).bytes(), StandardCharsets.UTF_8),
        ending.info());
  }

  Script script(String workingDir, String username, String content, int seconds) {
    return new Script(
        "t-" + names.word(10),
        "RunShellScript",
        content,
        workingDir,
        username,
        Duration.ofSeconds(seconds),
        false);
  }

  @Override
  public void close() {
    if (guest != null) {
      guest.close();
    }
  }
}
