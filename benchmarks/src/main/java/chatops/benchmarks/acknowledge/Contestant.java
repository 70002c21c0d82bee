package chatops.benchmarks.acknowledge;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One program that acknowledges commands after a hand-over.
 *
 * @param command how its users start it
 * @param folder where it is started
 * @param isJava whether it is told whom to trust by Java's own options
 */
record Contestant(String name, List<String> command, Path folder, boolean isJava) {
  private static final List<String> FIRST_PROCESSOR = List.of("taskset", "-c", "0");

  Contestant {
    command = List.copyOf(command);
  }

  /** @param processors 1 pins it to the first one */
  Running start(Course course, int processors, URI functions) throws IOException {
    List<String> whole = new ArrayList<>(processors == 1 ? FIRST_PROCESSOR : List.of());
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
    builder.redirectInput(new File("/dev/null")).redirectErrorStream(true);
    builder.redirectOutput(course.output(name).toFile());
    int port = freePort();
    builder.environment().clear();
    builder.environment().putAll(environment(course, port, functions));
    long started = System.nanoTime();
    return new Running(builder.start(), port, started);
  }

  private Map<String, String> environment(Course course, int port, URI functions) {
    Map<String, String> environment = new TreeMap<>(course.environment());
    environment.put("PATH", String.valueOf(System.getenv("PATH")));
    environment.put("PORT", String.valueOf(port));
    environment.put("CHATOPS_LISTEN", "127.0.0.1:" + port);
    environment.put("FC_ENDPOINT", functions.toString());
    if (functions.getScheme().equals("https")) {
      environment.put("PEER_CA", course.certificate().pem().toString());
      if (isJava) {
        environment.put("JAVA_TOOL_OPTIONS", course.certificate().javaOptions());
      }
    }
    return environment;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** @param started when it was told to, of {@link System#nanoTime} */
  record Running(Process process, int port, long started) implements AutoCloseable {
    private static final long PATIENCE = 60_000_000_000L;

    /** The first connection it takes. */
    Conversation reach() throws IOException {
      while (true) {
        try {
          return new Conversation(port);
        } catch (IOException notYet) {
          if (!process.isAlive() || System.nanoTime() - started > PATIENCE) {
            throw new IOException("it does not listen; alive: " + process.isAlive(), notYet);
          }
          java.util.concurrent.locks.LockSupport.parkNanos(300_000);
        }
      }
    }

    /** Most memory it ever had, in KiB. */
    long peakKilobytes() throws IOException {
      return memory("VmHWM:");
    }

    long residentKilobytes() throws IOException {
      return memory("VmRSS:");
    }

    private long memory(String field) throws IOException {
      for (String line :
          java.nio.file.Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      throw new IOException("no " + field + " of process " + process.pid());
    }

    @Override
    public void close() {
      process.destroyForcibly();
      end();
    }

    /** As a platform ends it: whatever it still wants to write it may. */
    void terminate() {
      process.destroy();
      end();
    }

    private void end() {
      try {
        process.waitFor();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
