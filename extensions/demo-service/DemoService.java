import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The service that the extension demo-service installs: answers on a port of the instance itself with the words it was started with. */
public final class DemoService {
  private DemoService() {}

  public static void main(String[] arguments) throws IOException {
    HttpServer server = HttpServer.create(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
        8);
    String processor;
    try (InputStream text = DemoService.class.getResourceAsStream("processor")) {
      processor = new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
    byte[] answer = ("demo-service " + arguments[1] + " on " + processor + " says " + arguments[2] + "\n")
        .getBytes(StandardCharsets.UTF_8);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, answer.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer);
      }
    });
    server.start();
  }
}
