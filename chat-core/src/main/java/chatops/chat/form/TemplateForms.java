package chatops.chat.form;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The forms that were compiled with the package: a file of one line for each template, its name, a tab and {@link
 * TemplateFormJson}. It is read when the first form is asked for, and a line is understood when its template is. Thread-safe.
 */
public final class TemplateForms {
  /** What the file begins with, before a checksum of all that follows its first line; another version is no file of ours. */
  static final String HEAD = "chatops-forms 2 ";

  private static final int DIGITS = 8;

  private static final String COMPILE = "; compile it again with ./chatops config compile --forms";

  private final Path file;
  private @Nullable Map<String, String> lines;

  /** @param file what {@code CHATOPS_FORMS} names */
  public TemplateForms(Path file) {
    this.file = file;
  }

  /**
   * The form of a template by its name, exactly or in any letter case; null when the file has none.
   *
   * @throws IOException when the file does not read, or a line is no form: without it commands still work, by text
   */
  public @Nullable TemplateForm find(String template) throws IOException {
    String line = lines().get(template);
    if (line == null) {
      for (Map.Entry<String, String> each : lines().entrySet()) {
        if (each.getKey().equalsIgnoreCase(template)) {
          line = each.getValue();
          break;
        }
      }
    }
    try {
      return line == null ? null : TemplateFormJson.read(line);
    } catch (chatops.chat.json.JsonException e) {
      throw new IOException("form of a template: " + e.getMessage(), e);
    }
  }

  /** @throws IOException as {@link #find} */
  public List<String> names() throws IOException {
    return List.copyOf(lines().keySet());
  }

  private synchronized Map<String, String> lines() throws IOException {
    if (lines == null) {
      lines = read();
    }
    return lines;
  }

  /**
   * Whether a file is one of ours, and as it was compiled: by its first line and the checksum in it, because Front's cold start waits
   * for the answer, and reading every form would take too long.
   *
   * @throws IOException telling what is wrong with it, and what to do
   */
  public static void check(byte[] file) throws IOException {
    int head = HEAD.length();
    boolean isOurs = file.length > head + DIGITS && file[head + DIGITS] == '\n';
    for (int i = 0; isOurs && i < head; i++) {
      isOurs = file[i] == HEAD.charAt(i);
    }
    if (!isOurs) {
      throw new IOException(
          "the file of forms begins with something else than \"" + HEAD + "\"" + COMPILE);
    }
    if (file[file.length - 1] != '\n') {
      throw new IOException("the file of forms ends in the middle of a line" + COMPILE);
    }
    int sum = sum(file, head + DIGITS + 1);
    for (int i = 0; i < DIGITS; i++) {
      if (file[head + i] != digit(sum, i)) {
        throw new IOException(
            "the file of forms is not as it was compiled: a line of it was changed, or is missing"
                + COMPILE);
      }
    }
  }

  private static int sum(byte[] file, int from) {
    CRC32 sum = new CRC32();
    sum.update(file, from, file.length - from);
    return (int) sum.getValue();
  }

  private static char digit(int sum, int at) {
    return "0123456789abcdef".charAt(sum >>> 4 * (DIGITS - 1 - at) & 15);
  }

  private Map<String, String> read() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    check(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    Map<String, String> found = new TreeMap<>();
    int at = text.indexOf('\n') + 1;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      int tab = text.indexOf('\t', at);
      if (tab > at && tab < end) {
        found.put(text.substring(at, tab), text.substring(tab + 1, end));
      }
      at = end + 1;
    }
    return found;
  }

  /** The file's content for these forms, in the order of their names. */
  public static byte[] write(List<TemplateForm> forms) {
    List<TemplateForm> sorted = new ArrayList<>(forms);
    sorted.sort(java.util.Comparator.comparing(form -> form.template().toLowerCase(Locale.ROOT)));
    StringBuilder text = new StringBuilder();
    for (TemplateForm form : sorted) {
      // the writer escapes tabs and line ends, so a form is one line
      text.append(form.template())
          .append('\t')
          .append(TemplateFormJson.write(form))
          .append('\n');
    }
    int sum = sum(text.toString().getBytes(StandardCharsets.UTF_8), 0);
    StringBuilder head = new StringBuilder(HEAD);
    for (int i = 0; i < DIGITS; i++) {
      head.append(digit(sum, i));
    }
    return head.append('\n').append(text).toString().getBytes(StandardCharsets.UTF_8);
  }
}
