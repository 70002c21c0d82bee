package chatops.benchmarks.acknowledge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Function Compute as far as a hand-over sees it: takes every asynchronous invocation at once and keeps the connection open. It
 * looks at nothing, so that it costs next to nothing. Thread-safe.
 */
final class FunctionStub implements AutoCloseable {
  private static final byte[] ACCEPTED =
      "HTTP/1.1 202 Accepted\r\nX-Fc-Request-Id: r1\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final String scheme;
  private final AtomicLong accepted = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "function-stub");
    thread.setDaemon(true);
    return thread;
  });

  private FunctionStub(ServerSocket server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    threads.execute(this::accept);
  }

  /** @param certificate what it speaks TLS with; null for plain HTTP */
  static FunctionStub start(@Nullable Certificate certificate) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return certificate == null
        ? new FunctionStub(new ServerSocket(0, 1024, loopback), "http")
        : new FunctionStub(
            certificate.context().getServerSocketFactory().createServerSocket(0, 1024, loopback),
            "https");
  }

  URI url() {
    return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
  }

  /** How many hand-overs it took. */
  long accepted() {
    return accepted.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        // ends with the loop's condition
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
      OutputStream out = socket.getOutputStream();
      StringBuilder line = new StringBuilder();
      for (int length = head(in, line); length >= 0; length = head(in, line)) {
        in.skipNBytes(length);
        accepted.incrementAndGet();
        out.write(ACCEPTED);
        out.flush();
      }
    } catch (IOException closed) {
      // the contestant was ended
    }
  }

  /** The length of the body that follows, or -1 at the end of the connection. */
  private static int head(InputStream in, StringBuilder line) throws IOException {
    int length = 0;
    boolean any = false;
    while (true) {
      line.setLength(0);
      int c = in.read();
      while (c >= 0 && c != '\n') {
        if (c != '\r') {
          line.append((char) c);
        }
        c = in.read();
      }
      if (c < 0) {
        return -1;
      }
      if (line.isEmpty()) {
        return any ? length : -1;
      }
      any = true;
      if (line.length() > 15
          && line.substring(0, 15).toLowerCase(Locale.ROOT).equals("content-length:")) {
        length = Integer.parseInt(line.substring(15).trim());
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
