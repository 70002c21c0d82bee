package chatops.runtime;

import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A served handler, its log, and a client for it. */
final class Running implements AutoCloseable {
  final FunctionServer server;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final HttpClient client = HttpClient.newHttpClient();

  Running(StreamRequestHandler handler) throws IOException {
    this(handler, options -> options);
  }

  Running(StreamRequestHandler handler, UnaryOperator<ServerOptions> changed) throws IOException {
    ServerOptions options =
        ServerOptions.loopback(0).withLog(new PrintStream(log, true, StandardCharsets.UTF_8));
    server = FunctionServer.start(handler, changed.apply(options));
  }

  int port() {
    return server.address().getPort();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  HttpRequest.Builder event(String body) {
    return request("/invoke").POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
