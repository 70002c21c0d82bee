package chatops.cloudsim.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request as it came over the wire.
 *
 * @param path percent-encoded, without the query
 * @param query percent-encoded, empty when there is none
 * @param headers in order, names as sent
 */
public record WebRequest(
    String method,
    String path,
    String query,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    String remoteAddress) {

  public WebRequest {
    headers = List.copyOf(headers);
  }

  /** The header's first value, or an empty text. */
  public String header(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The decoded query. */
  public List<Map.Entry<String, String>> queryPairs() {
    return pairs(query);
  }

  /** The decoded query as a map; of repeated names the first counts. */
  public Map<String, String> queryMap() {
    Map<String, String> map = new TreeMap<>();
    queryPairs().forEach(pair -> map.putIfAbsent(pair.getKey(), pair.getValue()));
    return map;
  }

  public boolean isForm() {
    return header("Content-Type").startsWith("application/x-www-form-urlencoded");
  }

  /** Decodes {@code a=b&c=d}; throws {@link IllegalArgumentException} on a bad escape. */
  public static List<Map.Entry<String, String>> pairs(String encoded) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String part : encoded.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        pairs.add(Map.entry(decode(name), decode(value)));
      }
    }
    return pairs;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
