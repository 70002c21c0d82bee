package chatops.cloudsim.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One answer.
 *
 * @param delay how long the server holds it back
 * @param lost the server drops the connection instead of answering
 */
public record WebReply(
    int status,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    Duration delay,
    boolean lost) {

  public WebReply {
    headers = List.copyOf(headers);
  }

  public static WebReply of(int status, String contentType, String body) {
    return new WebReply(
        status,
        contentType.isEmpty() ? List.of() : List.of(Map.entry("Content-Type", contentType)),
        body.getBytes(StandardCharsets.UTF_8),
        Duration.ZERO,
        false);
  }

  public static WebReply json(int status, String body) {
    return of(status, "application/json;charset=utf-8", body);
  }

  public WebReply with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new WebReply(status, more, body, delay, lost);
  }

  public WebReply after(Duration held) {
    return new WebReply(status, headers, body, held, lost);
  }

  public WebReply lose(boolean isLost) {
    return new WebReply(status, headers, body, delay, isLost);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The header's first value, or an empty text. */
  public String header(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
