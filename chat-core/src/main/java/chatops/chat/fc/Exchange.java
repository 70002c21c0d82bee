package chatops.chat.fc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, sent once, answered or given up within a hard limit.
 *
 * <p>Before a streamed POST over a connection that was kept open, HttpURLConnection listens for a whole millisecond whether the peer
 * has closed it: longer than all the rest of a hand-over takes. It is spared that while answers come one after another.
 */
final class Exchange implements Callable<Exchange.Reply> {
  private static final int ANSWER_LIMIT = 6 << 20;
  /** Nobody closes a connection that was idle for so short a time. */
  private static final long BUSY_NANOS = 1_000_000_000L;
  /** As long as Java keeps an idle connection: after a failure, those from before are looked at. */
  private static final long DOUBT_NANOS = 5_000_000_000L;

  private static volatile long answered = System.nanoTime() - BUSY_NANOS;
  private static volatile long failed = System.nanoTime() - DOUBT_NANOS;

  private final HttpURLConnection connection;
  private final byte[] body;
  private volatile boolean isAnswered;
  private volatile boolean abandoned;

  /** What came back. */
  record Reply(int status, String requestId, String errorType, byte[] body) {}

  private Exchange(HttpURLConnection connection, byte[] body) {
    this.connection = connection;
    this.body = body;
  }

  /** @param headers names and values in turn; an empty value is left out */
  static Reply send(String method, String url, byte[] body, Duration timeout, String[]... headers)
      throws IOException {
    int millis = (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    HttpURLConnection connection = opened(url);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setRequestProperty("Accept", "application/json");
    connection.setRequestProperty("User-Agent", "fc-chatops");
    for (String[] pairs : headers) {
      for (int i = 0; i < pairs.length; i += 2) {
        if (!pairs[i + 1].isEmpty()) {
          connection.setRequestProperty(pairs[i], pairs[i + 1]);
        }
      }
    }
    if (!method.equals("GET")) {
      if (!method.equals("POST") || !isBusy()) {
        connection.setRequestMethod(method);
      }
      connection.setDoOutput(true);
      // streaming, because in buffered mode HttpURLConnection sends a POST a second time behind our
      // back
      connection.setFixedLengthStreamingMode(body.length);
    }
    Exchange exchange = new Exchange(connection, body);
    try {
      Reply reply = Deadline.within(timeout, exchange);
      answered = System.nanoTime();
      return reply;
    } catch (IOException unanswered) {
      failed = System.nanoTime();
      QuickHandshake.failed(unanswered);
      exchange.giveUp();
      throw unanswered;
    }
  }

  /** Loads what an exchange with {@code url} needs, among it the roots that TLS trusts; connects to nobody. */
  static void prepare(String url) {
    try {
      opened(url);
    } catch (IOException told) {
      // by the first exchange
    }
  }

  private static HttpURLConnection opened(String url) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
    if (connection instanceof HttpsURLConnection) {
      HttpsURLConnection secure = (HttpsURLConnection) connection;
      secure.setSSLSocketFactory(QuickHandshake.or(secure.getSSLSocketFactory()));
    }
    return connection;
  }

  /** Its thread ends, even where the peer goes on to dribble. */
  private void giveUp() {
    abandoned = true;
    // while the body is read, closing would wait for what is read
    if (!isAnswered) {
      connection.disconnect();
    }
  }

  private static boolean isBusy() {
    long now = System.nanoTime();
    return now - answered < BUSY_NANOS && now - failed > DOUBT_NANOS;
  }

  @Override
  public Reply call() throws IOException {
    if (connection.getDoOutput()) {
      // a GET until it is connected is not listened to; with a body it becomes a POST, as it always
      // did in Java
      connection.connect();
      try (var out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    int status = connection.getResponseCode();
    isAnswered = true;
    if (status < 0) {
      connection.disconnect();
      throw new IOException("the answer is not HTTP");
    }
    return new Reply(
        status,
        FunctionClient.Submission.plain(connection.getHeaderField("X-Fc-Request-Id")),
        FunctionClient.Submission.plain(connection.getHeaderField("X-Fc-Error-Type")),
        read(status < 400 ? connection.getInputStream() : connection.getErrorStream()));
  }

  private byte[] read(@Nullable InputStream in) throws IOException {
    if (in == null) {
      return new byte[0];
    }
    try (in) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(256);
      byte[] chunk = new byte[8192];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
        if (abandoned || out.size() > ANSWER_LIMIT) {
          connection.disconnect();
          throw new IOException(
              abandoned ? "given up" : "the answer exceeds " + ANSWER_LIMIT + " bytes");
        }
      }
      return out.toByteArray();
    }
  }
}
