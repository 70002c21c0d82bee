package chatops.front.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A body of {@code application/x-www-form-urlencoded} in UTF-8. {@code +} and {@code %20} are both a space. */
public final class Form {
  /** A body that is no form; says where. */
  public static final class MalformedForm extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedForm(String message) {
      super(message);
    }
  }

  private final Map<String, String> fields = new HashMap<>();
  private final Set<String> repeated = new HashSet<>();

  private Form() {}

  /** @throws MalformedForm for a bad percent-escape */
  public static Form parse(byte[] body) {
    Form form = new Form();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '&') {
        if (i > start) {
          form.add(body, start, i);
        }
        start = i + 1;
      }
    }
    return form;
  }

  private void add(byte[] body, int start, int end) {
    int equals = start;
    while (equals < end && body[equals] != '=') {
      equals++;
    }
    String name = decode(body, start, equals);
    String value = equals < end ? decode(body, equals + 1, end) : "";
    if (fields.put(name, value) != null) {
      repeated.add(name);
    }
  }

  /**
   * The field's value, empty when absent. Bytes that are no UTF-8 show as U+FFFD.
   *
   * @throws MalformedForm when the field is there twice: two readers would see two requests
   */
  public String get(String name) {
    if (repeated.contains(name)) {
      throw new MalformedForm("field " + name + " is there twice");
    }
    String value = fields.get(name);
    return value == null ? "" : value;
  }

  private static String decode(byte[] body, int start, int end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      if (body[i] == '+') {
        out.write(' ');
      } else if (body[i] == '%') {
        int high = digit(body, i + 1, end);
        int low = digit(body, i + 2, end);
        if (high < 0 || low < 0) {
          throw new MalformedForm("bad percent-escape at byte " + i);
        }
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(body[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int digit(byte[] body, int at, int end) {
    return at < end && body[at] > 0 ? Character.digit((char) body[at], 16) : -1;
  }
}
