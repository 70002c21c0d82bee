package chatops.chat.url;

import chatops.chat.fc.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One HTTP exchange with a URL the guard let pass: no redirect, no repetition, bounded in time and in size. */
public final class WebPost {
  private static final int CONNECT_MILLIS = 3000;
  private static final int LARGEST_ANSWER = 1024 * 1024;

  private WebPost() {}

  /**
   * Any answer, whatever its status.
   *
   * @param retryAfter how long the peer wants to be left alone; zero when it says nothing
   */
  public record Answer(int status, Duration retryAfter, byte[] body) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Sends and waits.
   *
   * @param timeout for all of it, a peer that dribbles bytes included
   * @throws IOException when there is no answer; its message can hold the URL, and so a credential
   */
  public static Answer send(
      GuardedUrl url, String method, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    return Deadline.within(timeout, () -> exchange(url, method, headers, body, timeout));
  }

  private static Answer exchange(
      GuardedUrl url, String method, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    HttpURLConnection connection = url.open();
    connection.setConnectTimeout((int) Math.min(CONNECT_MILLIS, timeout.toMillis()));
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setRequestMethod(method);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      connection.setRequestProperty(header.getKey(), header.getValue());
    }
    try {
      // the JDK repeats a request without a streamed body by itself when the connection breaks
      if (!method.equals("GET") && !method.equals("HEAD")) {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body);
        }
      }
      int status = connection.getResponseCode();
      Duration retryAfter = seconds(connection.getHeaderField("Retry-After"));
      InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
      if (in == null) {
        return new Answer(status, retryAfter, new byte[0]);
      }
      try (in) {
        return new Answer(status, retryAfter, in.readNBytes(LARGEST_ANSWER));
      }
    } finally {
      connection.disconnect();
    }
  }

  /** Only whole seconds: a date is what chats do not send. */
  private static Duration seconds(@org.jspecify.annotations.Nullable String header) {
    try {
      long seconds = header == null ? 0 : Long.parseLong(header.trim());
      return Duration.ofSeconds(Math.max(0, Math.min(seconds, 86_400)));
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
