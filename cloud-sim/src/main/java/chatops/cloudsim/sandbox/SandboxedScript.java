package chatops.cloudsim.sandbox;

import chatops.cloudsim.assistant.Ending;
import chatops.cloudsim.assistant.Guest;
import chatops.cloudsim.assistant.Output;
import chatops.cloudsim.assistant.Script;
import chatops.cloudsim.assistant.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One script that really runs. Two threads serve it: one takes what it writes, one waits for its end or its time. Thread-safe. */
final class SandboxedScript implements Guest.Process {
  private static final int MOST_WARNINGS = 20;
  private static final int LONGEST_HEADER = 4096;
  /** What is in the pipe when the script has ended still counts as its output. */
  private static final long LAST_WORDS_MILLIS = 300;

  private final Room room;
  private final Script script;
  private final InstantSource clock;
  private final Process process;
  private final Output.Collector output = new Output.Collector();
  private final CompletableFuture<String> header = new CompletableFuture<>();
  private final CompletableFuture<Void> allRead = new CompletableFuture<>();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();

  private SandboxedScript(Room room, Script script, InstantSource clock, Process process) {
    this.room = room;
    this.script = script;
    this.clock = clock;
    this.process = process;
  }

  static SandboxedScript start(Room room, Script script, InstantSource clock) throws IOException {
    Process process = room.run(List.of(
        Tools.path("bash"),
        "/run/simulator/lib/launch",
        script.invokeId(),
        script.workingDir(),
        script.username()));
    SandboxedScript started = new SandboxedScript(room, script, clock, process);
    daemon(started::read, "sandbox output");
    daemon(started::await, "sandbox script");
    return started;
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Goes on after the script has ended, so that a service it left behind can go on writing. */
  private void read() {
    try (InputStream in = process.getInputStream()) {
      String first = line(in);
      String last = first;
      // a shell that could not fork at once, because others were just dying, says so before
      // anything else
      for (int i = 0; i < MOST_WARNINGS && !isHeader(last) && !last.isEmpty(); i++) {
        last = line(in);
      }
      header.complete(isHeader(last) ? last : first);
      byte[] buffer = new byte[8192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        output.add(buffer, count);
      }
    } catch (IOException ended) {
      header.complete("");
    }
    allRead.complete(null);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read();
        next >= 0 && next != '\n' && line.size() < LONGEST_HEADER;
        next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static boolean isHeader(String line) {
    return line.startsWith("ready ") || line.startsWith("trouble ");
  }

  private void await() {
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(script.content().getBytes(StandardCharsets.UTF_8));
      } catch (IOException refused) {
        // it says why in its first line
      }
      boolean isOver = process.waitFor(script.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!isOver) {
        kill();
      }
      lastWords();
      ending.complete(isOver ? ended() : timedOut());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      ending.complete(Ending.of(Trouble.EXECUTION_INTERRUPTED, "", clock.instant()));
    }
  }

  private void lastWords() throws InterruptedException {
    try {
      allRead.get(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillWriting) {
      // something it started holds the pipe; the script is over all the same
    } catch (ExecutionException cannotBe) {
      throw new IllegalStateException(cannotBe);
    }
  }

  private Ending timedOut() {
    return Ending.of(Trouble.EXECUTION_TIMEOUT, "", clock.instant());
  }

  private Ending ended() {
    String first = header.getNow("");
    if (first.startsWith("trouble ")) {
      return Ending.of(trouble(first.substring(8)), "", clock.instant());
    }
    if (!first.startsWith("ready ")) {
      String reason = room.isOpen() ? first : "the instance went down";
      return Ending.of(
          room.isOpen() ? Trouble.EXECUTION_EXCEPTION : Trouble.EXECUTION_INTERRUPTED,
          reason,
          clock.instant());
    }
    return room.isOpen()
        ? Ending.exit(process.exitValue(), clock.instant())
        : Ending.of(Trouble.EXECUTION_INTERRUPTED, "", clock.instant());
  }

  private static Trouble trouble(String code) {
    for (Trouble trouble : Trouble.values()) {
      if (trouble.code().equals(code)) {
        return trouble;
      }
    }
    return Trouble.EXECUTION_EXCEPTION;
  }

  @Override
  public Optional<Ending> ended(Instant now) {
    return Optional.ofNullable(ending.getNow(null));
  }

  @Override
  public Output output(Instant now) {
    return output.output();
  }

  @Override
  public void stop() {
    if (!ending.isDone()) {
      kill();
    }
  }

  /** The whole session of the script; what has left it to be a service stays, as on a real instance. */
  private void kill() {
    String first = header.getNow("");
    List<ProcessHandle> tree = process.descendants().toList();
    if (first.matches("ready [0-9]{1,9}")) {
      try {
        Process killer =
            room.run(List.of(Tools.path("bash"), "-c", "kill -KILL -- -" + first.substring(6)));
        killer.getOutputStream().close();
        killer.waitFor(5, TimeUnit.SECONDS);
      } catch (IOException alreadyGone) {
        // the room is closed, and its processes with it
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    tree.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void await(java.time.Duration longest) throws InterruptedException {
    try {
      ending.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillRunning) {
      throw new IllegalStateException("the script still runs after " + longest, stillRunning);
    } catch (ExecutionException cannotBe) {
      throw new IllegalStateException(cannotBe);
    }
  }
}
