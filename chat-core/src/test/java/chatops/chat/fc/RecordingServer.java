package chatops.chat.fc;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Takes any request on loopback, keeps it, answers 202 to a POST and an empty object to a GET. */
final class RecordingServer implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<Recorded> recorded = new LinkedBlockingQueue<>();

  /** @param headers by lower-case name */
  record Recorded(String method, String target, Map<String, String> headers, byte[] body) {}

  RecordingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name, String.join("|", values)));
      recorded.add(new Recorded(
          exchange.getRequestMethod(),
          exchange.getRequestURI().toString(),
          headers,
          exchange.getRequestBody().readAllBytes()));
      exchange.getResponseHeaders().set("X-Fc-Request-Id", "1-6565-abc");
      boolean read = exchange.getRequestMethod().equals("GET");
      if (read) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
      }
      exchange.sendResponseHeaders(read ? 200 : 202, read ? 2 : -1);
      if (read) {
        exchange.getResponseBody().write(new byte[] {'{', '}'});
      }
      exchange.close();
    });
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  Recorded take() throws InterruptedException {
    return recorded.take();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
