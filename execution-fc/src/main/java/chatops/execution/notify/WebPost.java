package chatops.execution.notify;

import chatops.chat.fc.Deadline;
import chatops.chat.url.GuardedUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One HTTP exchange with a URL the guard let pass: no redirect, no repetition, bounded in time and in size. */
final class WebPost {
  private static final int CONNECT_MILLIS = 3000;
  private static final int LARGEST_ANSWER = 1024 * 1024;

  private WebPost() {}

  /** Any answer, whatever its status. */
  record Answer(int status, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** @param timeout for all of it, a peer that dribbles bytes included */
  static Answer send(
      GuardedUrl url, String method, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    return Deadline.within(timeout, () -> exchange(url, method, headers, body, timeout));
  }

  private static Answer exchange(
      GuardedUrl url, String method, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    HttpURLConnection connection = url.open();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setRequestMethod(method);
    headers.forEach(connection::setRequestProperty);
    try {
      if (body.length > 0) {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body);
        }
      }
      int status = connection.getResponseCode();
      InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
      if (in == null) {
        return new Answer(status, new byte[0]);
      }
      try (in) {
        return new Answer(status, in.readNBytes(LARGEST_ANSWER));
      }
    } finally {
      connection.disconnect();
    }
  }
}
