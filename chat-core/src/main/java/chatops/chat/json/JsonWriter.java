package chatops.chat.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps with string keys, lists, strings, numbers, booleans and null as compact JSON, in the order given.
 * The text is plain enough to sit in a page: {@code <}, {@code >} and {@code &} are escaped.
 */
public final class JsonWriter {
  private static final int DEPTH = 64;
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(256);

  private JsonWriter() {}

  /** @throws IllegalArgumentException for a value that has no JSON form; names its class */
  public static String write(@Nullable Object value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value, 0);
    return writer.out.toString();
  }

  /** {@link #write} in UTF-8. */
  public static byte[] bytes(@Nullable Object value) {
    return write(value).getBytes(StandardCharsets.UTF_8);
  }

  private void value(@Nullable Object value, int depth) {
    if (depth > DEPTH) {
      throw new IllegalArgumentException(
          "more than " + DEPTH + " levels, or a value within itself");
    }
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof String) {
      string((String) value);
    } else if (value instanceof Number) {
      number((Number) value);
    } else if (value instanceof Map) {
      object((Map<?, ?>) value, depth);
    } else if (value instanceof List) {
      array((List<?>) value, depth);
    } else {
      throw new IllegalArgumentException("no JSON form for " + value.getClass().getName());
    }
  }

  private void object(Map<?, ?> members, int depth) {
    char before = '{';
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!(member.getKey() instanceof String)) {
        throw new IllegalArgumentException("a JSON key must be a string");
      }
      out.append(before);
      string((String) member.getKey());
      out.append(':');
      value(member.getValue(), depth + 1);
      before = ',';
    }
    if (before == '{') {
      out.append('{');
    }
    out.append('}');
  }

  private void array(List<?> items, int depth) {
    char before = '[';
    for (Object item : items) {
      out.append(before);
      value(item, depth + 1);
      before = ',';
    }
    if (before == '[') {
      out.append('[');
    }
    out.append(']');
  }

  private void number(Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof BigDecimal
        || number instanceof BigInteger) {
      out.append(number);
    } else if (number instanceof Double && Double.isFinite(number.doubleValue())) {
      out.append(BigDecimal.valueOf(number.doubleValue()));
    } else {
      throw new IllegalArgumentException(
          "no JSON form for this " + number.getClass().getName());
    }
  }

  private void string(String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '"' && c != '\\' && !needsEscape(text, i)) {
        continue;
      }
      out.append(text, plain, i);
      plain = i + 1;
      switch (c) {
        case '"':
          out.append("\\\"");
          break;
        case '\\':
          out.append("\\\\");
          break;
        case '\n':
          out.append("\\n");
          break;
        case '\r':
          out.append("\\r");
          break;
        case '\t':
          out.append("\\t");
          break;
        default:
          unicode(c);
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private static boolean needsEscape(String text, int at) {
    char c = text.charAt(at);
    if (c < ' ' || c == 0x7f || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
      return true;
    }
    if (c < 0x80) {
      return false;
    }
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private void unicode(char c) {
    out.append("\\u")
        .append(HEX.charAt(c >> 12))
        .append(HEX.charAt(c >> 8 & 15))
        .append(HEX.charAt(c >> 4 & 15))
        .append(HEX.charAt(c & 15));
  }
}
