package chatops.chat.fc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One HTTP request, sent once, answered or given up within a hard limit. */
final class Exchange implements Callable<Exchange.Reply> {
  private static final int ANSWER_LIMIT = 6 << 20;

  private final HttpURLConnection connection;
  private final byte[] body;
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
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestMethod(method);
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
      connection.setDoOutput(true);
      // streaming, because in buffered mode HttpURLConnection sends a POST a second time behind our
      // back
      connection.setFixedLengthStreamingMode(body.length);
    }
    Exchange exchange = new Exchange(connection, body);
    try {
      return Deadline.within(timeout, exchange);
    } finally {
      exchange.abandoned = true;
    }
  }

  @Override
  public Reply call() throws IOException {
    if (connection.getDoOutput()) {
      try (var out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    int status = connection.getResponseCode();
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
