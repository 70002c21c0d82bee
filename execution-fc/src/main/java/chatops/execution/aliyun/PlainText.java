package chatops.execution.aliyun;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Undoes percent-encoding where there is any: templates write paths both ways. */
final class PlainText {
  private PlainText() {}

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException plain) {
      return text;
    }
  }
}
