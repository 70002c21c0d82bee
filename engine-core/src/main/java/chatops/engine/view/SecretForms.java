package chatops.engine.view;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A secret as the engine's functions, its jq, the encodings of APIs and the escapes of logs and answers write it: alone, and inside a
 * longer text that was encoded as a whole.
 */
final class SecretForms {
  /** A shorter part of an encoding stands for too many texts. */
  private static final int LEAST = 4;

  private final Set<String> forms = new LinkedHashSet<>();

  private SecretForms() {}

  /** At least the secret itself. */
  static Set<String> of(String secret) {
    SecretForms all = new SecretForms();
    all.add(secret);
    all.add(secret.strip());
    all.add(secret.toUpperCase(Locale.ROOT));
    all.add(secret.toLowerCase(Locale.ROOT));
    all.add(ascii(secret, true));
    all.add(ascii(secret, false));
    all.add(new StringBuilder(secret).reverse().toString());
    all.escaped(secret);
    all.encoded(secret);
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    all.add(HexFormat.of().formatHex(bytes));
    all.add(HexFormat.of().withUpperCase().formatHex(bytes));
    all.add(secret.codePoints().mapToObj(Integer::toString).collect(Collectors.joining(",")));
    all.add(secret.codePoints().mapToObj(Integer::toString).collect(Collectors.joining(", ")));
    // alone it is hidden with its padding, which is the same as no other text's
    all.add(Base64.getEncoder().encodeToString(bytes));
    all.add(Base64.getUrlEncoder().encodeToString(bytes));
    for (int before = 0; before < 3; before++) {
      String text = base64(bytes, before);
      all.add(text);
      all.add(text.replace('+', '-').replace('/', '_'));
    }
    return all.forms;
  }

  private void add(String form) {
    if (form.length() >= LEAST) {
      forms.add(form);
    }
  }

  private void escaped(String secret) {
    String json = inner(secret);
    add(json);
    add(inner(json));
    add(inner(inner(json)));
    StringBuilder plain = new StringBuilder();
    for (char c : json.toCharArray()) {
      plain.append(c < 127 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    add(plain.toString());
    String markup = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    add(markup);
    add(markup.replace("\"", "&quot;"));
    add(markup.replace("\"", "&quot;").replace("'", "&#39;"));
    add(markup.replace("\"", "&quot;").replace("'", "&apos;"));
    add(secret.replace("'", "'\\''"));
    add(secret.replace("'", "'\"'\"'"));
    add(secret.replace("\"", "\"\""));
    add(secret.replace("`", "``").replace("\"", "`\"").replace("$", "`$"));
    add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$").replace("`", "\\`"));
    add(secret
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r"));
  }

  private void encoded(String secret) {
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String strict = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    for (String url : new String[] {form, form.replace("+", "%20"), strict}) {
      add(url);
      add(lower(url));
      String twice = url.replace("%", "%25");
      add(twice);
      add(twice.replace("+", "%2B"));
    }
  }

  /** Only A to Z, as jq's {@code ascii_upcase} and {@code ascii_downcase} do. */
  private static String ascii(String text, boolean isUpper) {
    StringBuilder out = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      boolean isOther = isUpper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
      out.append(isOther ? (char) (c ^ 0x20) : c);
    }
    return out.toString();
  }

  /** Percent-escapes with small hexadecimal digits. */
  private static String lower(String url) {
    StringBuilder out = new StringBuilder(url);
    for (int at = out.indexOf("%");
        at >= 0 && at + 2 < out.length();
        at = out.indexOf("%", at + 1)) {
      out.replace(at, at + 3, out.substring(at, at + 3).toLowerCase(Locale.ROOT));
    }
    return out.toString();
  }

  private static String inner(String text) {
    String json = TextNode.valueOf(text).toString();
    return json.substring(1, json.length() - 1);
  }

  /** What is the same whatever stands around the secret, which starts {@code before} bytes after a group of three. */
  private static String base64(byte[] secret, int before) {
    byte[] bytes = new byte[before + secret.length];
    System.arraycopy(secret, 0, bytes, before, secret.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    int first = before == 0 ? 0 : before + 1;
    int last = bytes.length * 8 / 6;
    return last <= first ? "" : text.substring(first, last);
  }
}
