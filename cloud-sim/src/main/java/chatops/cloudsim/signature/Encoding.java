package chatops.cloudsim.signature;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** RFC 3986 encoding and the canonical query that the signatures share. */
final class Encoding {
  private Encoding() {}

  static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** Sorted by name, names and values encoded. */
  static String canonical(List<Map.Entry<String, String>> pairs) {
    TreeMap<String, String> sorted = new TreeMap<>();
    pairs.forEach(pair -> sorted.put(pair.getKey(), pair.getValue()));
    StringBuilder text = new StringBuilder();
    sorted.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
        .append(percent(name))
        .append('=')
        .append(percent(value)));
    return text.toString();
  }

  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
