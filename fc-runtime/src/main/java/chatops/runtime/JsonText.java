package chatops.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes one JSON object, field by field. Not thread-safe. */
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out;

  JsonText(int size) {
    out = new StringBuilder(size);
  }

  void open() {
    out.append('{');
  }

  void open(String name) {
    name(name);
    out.append('{');
  }

  void close() {
    out.append('}');
  }

  void field(String name, String value) {
    name(name);
    quote(out, value);
  }

  void field(String name, boolean value) {
    name(name);
    out.append(value);
  }

  void object(String name, Map<String, String> fields) {
    open(name);
    fields.forEach(this::field);
    close();
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void name(String name) {
    if (out.charAt(out.length() - 1) != '{') {
      out.append(',');
    }
    quote(out, name);
    out.append(':');
  }

  static void quote(StringBuilder out, String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, plain, i);
      plain = i + 1;
      if (c < 0x20) {
        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      } else {
        out.append('\\').append(c);
      }
    }
    out.append(text, plain, text.length()).append('"');
  }
}
