package chatops.cloudsim.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * HTTP/1.1 on loopback, one port and one set of threads per door: a request that waits for a function must not keep the function from
 * asking at another door. Bodies over 33 MB are refused with 413. Thread-safe.
 */
public final class WebServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LARGEST_BODY = 33 * 1024 * 1024;
  /** A synchronous invocation may keep its caller waiting this long. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(30);
  /** Requests at one door; more wait. */
  private static final int MOST_AT_ONCE = 200;

  private final Server server;
  private final Map<Object, Door> doors = new ConcurrentHashMap<>();

  public WebServer() {
    server = new Server(threads("cloud-sim"));
    server.setHandler(new Doorkeeper());
    server.setStopTimeout(0);
    start();
  }

  /** Opens a port for the door (0 chooses one) and answers its URL without a trailing slash. */
  public URI open(int port, Door door) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // paths are judged by the doors, which hand some of them on unchanged
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    QueuedThreadPool threads = threads("cloud-sim " + door.getClass().getSimpleName());
    ServerConnector connector = new ServerConnector(
        server, threads, null, null, 1, 1, new HttpConnectionFactory(configuration));
    // it starts and stops with its door
    connector.addBean(threads, true);
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    connector.setIdleTimeout(LONGEST_SILENCE.toMillis());
    doors.put(connector, door);
    server.addConnector(connector);
    try {
      connector.start();
    } catch (Exception cannotBind) {
      throw new IllegalStateException(
          "cannot listen on " + LOOPBACK + ":" + port + ": " + cannotBind.getMessage()
              + "; choose another port or 0",
          cannotBind);
    }
    return URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
  }

  private static QueuedThreadPool threads(String name) {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_AT_ONCE, 4);
    threads.setName(name);
    threads.setDaemon(true);
    return threads;
  }

  private void start() {
    try {
      server.start();
    } catch (Exception cannotStart) {
      throw new IllegalStateException("the simulator's web server does not start", cannotStart);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception cannotStop) {
      throw new IllegalStateException("the simulator's web server does not stop", cannotStop);
    }
  }

  private final class Doorkeeper extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Door door = doors.get(request.getConnectionMetaData().getConnector());
      if (door == null) {
        return false;
      }
      byte[] body;
      try (InputStream in = Content.Source.asInputStream(request)) {
        body = in.readNBytes(LARGEST_BODY + 1);
      }
      if (body.length > LARGEST_BODY) {
        Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
        return true;
      }
      WebReply reply = door.answer(read(request, body));
      if (!reply.delay().isZero()) {
        Thread.sleep(reply.delay().toMillis());
      }
      if (reply.lost()) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new IOException("the reply is lost by a fault that is switched on"));
        return true;
      }
      response.setStatus(reply.status());
      reply
          .headers()
          .forEach(header -> response.getHeaders().add(header.getKey(), header.getValue()));
      response.write(true, ByteBuffer.wrap(reply.body()), callback);
      return true;
    }

    private WebRequest read(Request request, byte[] body) {
      List<Map.Entry<String, String>> headers = new ArrayList<>();
      request
          .getHeaders()
          .forEach(
              field -> headers.add(Map.entry(field.getName(), String.valueOf(field.getValue()))));
      String path = request.getHttpURI().getPath();
      String query = request.getHttpURI().getQuery();
      return new WebRequest(
          request.getMethod(),
          path == null ? "/" : path,
          query == null ? "" : query,
          headers,
          body,
          Request.getRemoteAddr(request));
    }
  }

  /** The port of an URL that {@link #open} gave, as {@code host:port} for SDKs that want no scheme. */
  public static String authority(URI url) {
    String authority = url.getAuthority();
    if (authority == null) {
      throw new UncheckedIOException(new IOException("no authority in " + url));
    }
    return authority;
  }
}
