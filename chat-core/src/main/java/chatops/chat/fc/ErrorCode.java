package chatops.chat.fc;

import java.nio.charset.StandardCharsets;

/**
 * The error code inside FC's answer. FC spells it {@code errorCode}, {@code ErrorCode}, {@code Code} or {@code code};
 * only a plain token is taken, so nothing else of a body ever reaches a log.
 */
final class ErrorCode {
  private static final String[] NAMES = {"\"ErrorCode\"", "\"errorCode\"", "\"Code\"", "\"code\""};

  private ErrorCode() {}

  static String of(byte[] body) {
    if (body.length == 0 || body.length > 8192) {
      return "";
    }
    String text = new String(body, StandardCharsets.UTF_8);
    for (String name : NAMES) {
      int at = text.indexOf(name);
      if (at < 0) {
        continue;
      }
      int colon = text.indexOf(':', at);
      int open = text.indexOf('"', colon + 1);
      int close = text.indexOf('"', open + 1);
      if (colon > 0 && open > 0 && close > 0) {
        return FunctionClient.Submission.plain(text.substring(open + 1, close));
      }
    }
    return "";
  }
}
