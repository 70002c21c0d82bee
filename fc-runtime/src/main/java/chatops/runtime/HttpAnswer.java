package chatops.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answered to an HTTP trigger, {@code {"statusCode", "headers", "body", "isBase64Encoded"}}, as the reply
 * to send. Anything else, and more than 8 KB of headers, becomes 502 as on FC.
 */
final class HttpAnswer {
  private static final int HEADER_BUDGET = 8192;
  /** Set by the server itself. */
  private static final Set<String> OWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    OWN.addAll(List.of(
        "Connection", "Content-Length", "Transfer-Encoding", "Keep-Alive", "Date", "X-Fc-Status"));
  }

  private HttpAnswer() {}

  static Reply reply(byte[] output) {
    try {
      Object answer = JsonReader.read(new String(output, StandardCharsets.UTF_8));
      if (!(answer instanceof Map<?, ?> fields)) {
        throw new IllegalArgumentException("an object expected");
      }
      return new Reply(
          status(fields.get("statusCode")), headers(fields.get("headers")), body(fields), false);
    } catch (IllegalArgumentException unusable) {
      return Reply.failed(502, "BadResponse", "the function's answer: " + unusable.getMessage());
    }
  }

  /** The same for an answer that is no JSON. */
  static Reply reply(HttpTriggerHandler.Answer answer) {
    try {
      return new Reply(status(answer.status()), headers(answer.headers()), answer.body(), false);
    } catch (IllegalArgumentException unusable) {
      return Reply.failed(502, "BadResponse", "the function's answer: " + unusable.getMessage());
    }
  }

  private static int status(@Nullable Object value) {
    double status = value instanceof Number number
        ? number.doubleValue()
        : value instanceof String text ? parsed(text) : -1;
    if (status != Math.rint(status) || status < 200 || status > 599) {
      throw new IllegalArgumentException("statusCode from 200 to 599 expected");
    }
    return (int) status;
  }

  private static int parsed(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notOne) {
      return -1;
    }
  }

  private static Map<String, List<String>> headers(@Nullable Object value) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (value == null) {
      return headers;
    }
    if (!(value instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("headers: an object expected");
    }
    int size = 0;
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String name = (String) field.getKey();
      List<String> values = new ArrayList<>();
      for (Object one : field.getValue() instanceof List<?> several
          ? several
          : List.of(nonNull(field.getValue()))) {
        values.add(header(name, one));
        size += name.length()
            + values.get(values.size() - 1).getBytes(StandardCharsets.UTF_8).length
            + 4;
      }
      if (!OWN.contains(name)) {
        headers.put(name, values);
      }
    }
    if (size > HEADER_BUDGET) {
      throw new IllegalArgumentException(
          "headers of at most " + HEADER_BUDGET + " bytes expected, found " + size);
    }
    return headers;
  }

  private static Object nonNull(@Nullable Object value) {
    return value == null ? "" : value;
  }

  private static String header(String name, @Nullable Object value) {
    String text = value instanceof Double number && number == Math.rint(number)
        ? Long.toString(number.longValue())
        : String.valueOf(nonNull(value));
    boolean sound = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      sound &= c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      sound &= c == '\t' || (c >= ' ' && c != 127);
    }
    if (!sound) {
      throw new IllegalArgumentException(
          "a header with a sound name and one line of value expected");
    }
    return text;
  }

  private static byte[] body(Map<?, ?> fields) {
    Object body = fields.get("body");
    if (body == null) {
      return new byte[0];
    }
    if (!(body instanceof String text)) {
      throw new IllegalArgumentException("body: text expected");
    }
    if (!Boolean.TRUE.equals(fields.get("isBase64Encoded"))) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException(
          "body: Base64 expected, as isBase64Encoded says", notBase64);
    }
  }
}
