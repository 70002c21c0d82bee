package chatops.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program as the platform starts it: a process of its own, told by a signal to stop. */
@Timeout(120)
class BootstrapProcessTest {
  private final HttpClient client = HttpClient.newHttpClient();

  /** Answers when somebody types a line into the process. */
  public static final class Waiting implements StreamRequestHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      if (System.in.read() >= 0) {
        out.write("finished".getBytes(UTF_8));
      }
    }
  }

  @Test
  void sigterm_lets_the_invocation_under_way_finish() throws Exception {
    Process process = start(Waiting.class.getName());
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String serves = out.readLine();
      assertThat(serves)
          .startsWith("FC runtime serves " + Waiting.class.getName() + " on /127.0.0.1:");
      String url = "http://127.0.0.1:" + serves.substring(serves.lastIndexOf(':') + 1);

      CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
          HttpRequest.newBuilder(URI.create(url + "/invoke"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
      assertThat(out.readLine()).startsWith("FC Invoke Start RequestId: ");
      process.toHandle().destroy();
      awaitRefusal(url);
      process.outputWriter().append('\n').flush();

      assertThat(answer.get().body()).isEqualTo("finished");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void what_cannot_start_says_why_in_one_line_and_ends_with_status_2() throws Exception {
    Process process = start("no.such.Handler");
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(out.lines().toList())
          .singleElement()
          .asString()
          .startsWith("FC runtime cannot start: no.such.Handler: ");
      assertThat(process.waitFor()).isEqualTo(2);
    } finally {
      process.destroyForcibly();
    }
  }

  private void awaitRefusal(String url) throws Exception {
    HttpRequest probe = HttpRequest.newBuilder(URI.create(url + "/initialize"))
        .POST(HttpRequest.BodyPublishers.noBody())
        .build();
    while (client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() != 503) {
      Thread.onSpinWait();
    }
  }

  private static Process start(String handler) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder = new ProcessBuilder(List.of(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Bootstrap.class.getName(),
            handler))
        .redirectErrorStream(true);
    builder
        .environment()
        .putAll(Map.of("CHATOPS_LISTEN", "127.0.0.1:0", "CHATOPS_CONCURRENCY", "4"));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("FC_") || name.equals("JAVA_TOOL_OPTIONS"));
    return builder.start();
  }
}
