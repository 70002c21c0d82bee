package chatops.benchmarks.durable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An engine in a process of its own, told what to do by lines (see {@link Stage}). */
final class Performer implements AutoCloseable {
  private final String name;
  private final Process process;
  private final PrintStream orders;
  private final BufferedReader answers;

  /** @param errors where its error output goes */
  Performer(String name, List<String> command, Path errors) throws IOException {
    this.name = name;
    this.process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(answers.readLine())) {
      throw new IOException(name + " did not start; see " + errors);
    }
  }

  String name() {
    return name;
  }

  /** Processes per second. */
  double rate(int threads, int count) throws IOException {
    return count * 1e9 / nanos("process " + threads + " " + count);
  }

  double loopMillis(int items, int concurrency) throws IOException {
    return nanos("loop " + items + " " + concurrency) / 1e6;
  }

  String facts() throws IOException {
    return answer("facts");
  }

  private long nanos(String order) throws IOException {
    return Long.parseLong(answer(order));
  }

  private String answer(String order) throws IOException {
    orders.println(order);
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(name + " ended at \"" + order + "\"; see its error output");
    }
    return line;
  }

  @Override
  public void close() {
    orders.close();
    try {
      process.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
