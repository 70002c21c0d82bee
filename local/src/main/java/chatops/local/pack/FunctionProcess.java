package chatops.local.pack;

import chatops.local.host.Hosting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A function instance as a process of its own on a loopback port, with no environment but the one it is given. Thread-safe. */
public final class FunctionProcess implements Hosting.Instance {
  private static final String SERVES = "FC runtime serves ";
  /** A machine that builds something else meanwhile starts slowly; what records an archive ends slowly. */
  private static final int PATIENCE_SECONDS = 120;

  /**
   * Whoever ends this process, by a signal that asks nobody, too, must not leave instances behind: beside each, a shell reads a pipe
   * that ends with this process. It becomes the instance itself, so that signals reach that.
   */
  private static final String WATCHED =
      "exec 3<&0; (read end; kill -9 $$) <&3 >/dev/null 2>&1 & exec \"$@\" </dev/null 3<&-";

  private final Process process;
  private final URI url;

  private FunctionProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * @param folder where the process starts
   * @param log takes what it prints, prefixed by {@code name}
   * @throws IOException when it ends, or is silent for two minutes, before it serves
   */
  static FunctionProcess start(
      String name,
      List<String> command,
      Path folder,
      Map<String, String> environment,
      PrintStream log)
      throws IOException {
    List<String> watched = new ArrayList<>(List.of("/bin/sh", "-c", WATCHED, "sh"));
    watched.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(watched).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putIfAbsent("CHATOPS_LISTEN", "127.0.0.1:0");
    Process process = builder.start();
    CompletableFuture<URI> serving = new CompletableFuture<>();
    Thread reader = new Thread(() -> pass(name, process, log, serving), "output-of-" + name);
    reader.setDaemon(true);
    reader.start();
    try {
      return new FunctionProcess(process, serving.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException ended) {
      Throwable why = ended.getCause() == null ? ended : ended.getCause();
      throw new IOException(name + " did not start: " + why.getMessage(), ended);
    } catch (TimeoutException late) {
      process.destroyForcibly();
      throw new IOException(name + " did not serve within " + PATIENCE_SECONDS + " s", late);
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name + " started", stopped);
    }
  }

  private static void pass(
      String name, Process process, PrintStream log, CompletableFuture<URI> serving) {
    StringBuilder before = new StringBuilder();
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.println(name + ": " + line);
        if (!serving.isDone()) {
          before.append(line).append('\n');
        }
        if (line.startsWith(SERVES)) {
          serving.complete(
              URI.create("http://127.0.0.1:" + line.substring(line.lastIndexOf(':') + 1)));
        }
      }
      serving.completeExceptionally(new IOException(Tool.end(before.toString())));
    } catch (IOException closed) {
      serving.completeExceptionally(closed);
    }
  }

  @Override
  public URI url() {
    return url;
  }

  /** None: it lives for a rehearsal, with keys of a simulated cloud. */
  @Override
  public Map<String, String> platformHeaders() {
    return Map.of();
  }

  /** As a platform does that has no time: no hook, no finally, no close. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM, and SIGKILL to what does not end by it. */
  @Override
  public void close() {
    // Process.destroy would close the pipe as well, and the shell beside it would kill what still
    // writes its archive
    process.toHandle().destroy();
    if (!await()) {
      process.destroyForcibly();
    }
  }

  private boolean await() {
    try {
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
