package chatops.local.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One HTTP request with short patience. */
final class Web {
  private static final int PATIENCE_MS = 8000;

  private Web() {}

  /** @param date when the peer says it is, in milliseconds since 1970; 0 where it does not say */
  record Answer(int status, String body, long date) {}

  static Answer get(URI address) throws IOException {
    return answer(open(address));
  }

  static Answer post(URI address, String type, String body, Map<String, String> headers)
      throws IOException {
    HttpURLConnection connection = open(address);
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", type);
    headers.forEach(connection::setRequestProperty);
    connection.setDoOutput(true);
    connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    return answer(connection);
  }

  private static HttpURLConnection open(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MS);
    connection.setReadTimeout(PATIENCE_MS);
    connection.setInstanceFollowRedirects(false);
    return connection;
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    String body = in == null ? "" : new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
    return new Answer(status, body, connection.getDate());
  }
}
