package chatops.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text into {@code Map}, {@code List}, {@code String}, {@code Double}, {@code Boolean} and null.
 * Strict, at most 32 levels deep; {@link IllegalArgumentException} names the offset and quotes nothing.
 */
final class JsonReader {
  private static final int DEEPEST = 32;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(0);
    reader.space();
    if (reader.at < text.length()) {
      throw reader.unexpected("the end");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    space();
    if (depth > DEEPEST) {
      throw unexpected("at most " + DEEPEST + " levels");
    }
    char c = at < text.length() ? text.charAt(at) : 0;
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> literal("true", Boolean.TRUE);
      case 'f' -> literal("false", Boolean.FALSE);
      case 'n' -> literal("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    at++;
    if (taken('}')) {
      return fields;
    }
    do {
      space();
      String name = string();
      expect(':');
      fields.put(name, value(depth + 1));
    } while (taken(','));
    expect('}');
    return fields;
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    at++;
    if (taken(']')) {
      return items;
    }
    do {
      items.add(value(depth + 1));
    } while (taken(','));
    expect(']');
    return items;
  }

  private String string() {
    if (at >= text.length() || text.charAt(at) != '"') {
      throw unexpected("a string");
    }
    int plain = ++at;
    StringBuilder out = null;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        String rest = text.substring(plain, at - 1);
        return out == null ? rest : out.append(rest).toString();
      }
      if (c < 0x20) {
        at--;
        break;
      }
      if (c == '\\') {
        out = out == null ? new StringBuilder() : out;
        out.append(text, plain, at - 1).append(escaped());
        plain = at;
      }
    }
    throw unexpected("the end of a string");
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    switch (c) {
      case '"', '\\', '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
          if (digit < 0) {
            throw unexpected("four hex digits");
          }
          code = code * 16 + digit;
        }
        return (char) code;
      default:
        throw unexpected("an escape");
    }
  }

  private @Nullable Object literal(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw unexpected("a value");
    }
    at += word.length();
    return value;
  }

  private Double number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(start, at));
    } catch (NumberFormatException notOne) {
      at = start;
      throw unexpected("a value");
    }
  }

  private boolean taken(char c) {
    space();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!taken(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException("offset " + at + ": " + expected + " expected");
  }
}
