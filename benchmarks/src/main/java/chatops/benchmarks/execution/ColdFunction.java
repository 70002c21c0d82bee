package chatops.benchmarks.execution;

import chatops.chat.rights.RightsSource;
import chatops.local.host.Hosting;
import chatops.local.host.ProductFunction;
import chatops.local.pack.FunctionProcess;
import chatops.local.pack.UnpackedFunctions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Function Compute's side of a cold start: Execution is started by the first event that comes while none runs, initialised, and
 * given the event. Front runs all the time. Thread-safe.
 */
final class ColdFunction implements Hosting {
  private UnpackedFunctions functions;
  private final HttpServer door;
  private Map<String, String> environment = Map.of();
  private @Nullable FunctionProcess running;
  private long started;

  ColdFunction(UnpackedFunctions functions) throws IOException {
    this.functions = functions;
    this.door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    door.createContext("/", this::pass);
    door.setExecutor(Executors.newCachedThreadPool());
    door.start();
  }

  @Override
  public Instance start(ProductFunction function, Map<String, String> given, RightsSource rights)
      throws IOException {
    if (function == ProductFunction.FRONT) {
      return functions.start(function, given, rights);
    }
    synchronized (this) {
      environment = given;
    }
    return new Instance() {
      @Override
      public URI url() {
        return URI.create("http://127.0.0.1:" + door.getAddress().getPort());
      }

      @Override
      public Map<String, String> platformHeaders() {
        return Map.of();
      }

      @Override
      public void close() {
        freeze(functions);
        door.stop(0);
      }
    };
  }

  /** Ends what runs; the next event starts one of {@code next}. */
  synchronized void freeze(UnpackedFunctions next) {
    if (running != null) {
      running.kill();
      running = null;
    }
    functions = next;
  }

  /** When the process was last started, of {@link System#nanoTime}. */
  synchronized long started() {
    return started;
  }

  private synchronized URI warm() throws IOException {
    if (running == null) {
      started = System.nanoTime();
      running = functions.start(ProductFunction.EXECUTION, environment);
      HttpURLConnection hook =
          (HttpURLConnection) running.url().resolve("/initialize").toURL().openConnection();
      hook.setRequestMethod("POST");
      hook.getResponseCode();
    }
    return running.url();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpURLConnection onward = (HttpURLConnection)
          warm().resolve(exchange.getRequestURI().toString()).toURL().openConnection();
      onward.setRequestMethod(exchange.getRequestMethod());
      exchange.getRequestHeaders().forEach((name, values) -> {
        if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
          onward.setRequestProperty(name, values.get(0));
        }
      });
      if (body.length > 0) {
        onward.setDoOutput(true);
        onward.getOutputStream().write(body);
      }
      int status = onward.getResponseCode();
      var in = status < 400 ? onward.getInputStream() : onward.getErrorStream();
      byte[] answer = in == null ? new byte[0] : in.readAllBytes();
      onward.getHeaderFields().forEach((name, values) -> {
        if (name != null && name.regionMatches(true, 0, "x-fc-", 0, 5)) {
          exchange.getResponseHeaders().put(name, values);
        }
      });
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      if (answer.length > 0) {
        exchange.getResponseBody().write(answer);
      }
    }
  }
}
