package chatops.chat.form;

import chatops.chat.Language;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a template, as a form asks for it.
 *
 * @param required whether there is no default
 * @param secret NoEcho: its value is shown to nobody, and offered again to nobody
 * @param label in the languages there are; empty when the template has none
 * @param hint what the template says about it
 * @param initial the default as text; empty when there is none, or it is worked out when the execution starts
 * @param computed whether the default is worked out then
 * @param choices the values there are; empty = any
 * @param pattern regular expression that the whole value matches; empty = any
 * @param least fewest characters, or elements of a list; null = any number, {@code most} likewise
 * @param min smallest number, null = any; {@code max} likewise
 * @param constraint what the template says when a rule is broken
 */
public record FormField(
    String name,
    Kind kind,
    boolean required,
    boolean secret,
    Map<Language, String> label,
    Map<Language, String> hint,
    String initial,
    boolean computed,
    List<String> choices,
    String pattern,
    @Nullable Integer least,
    @Nullable Integer most,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    Map<Language, String> constraint) {

  /** How a value is written, and how it is asked for. */
  public enum Kind {
    TEXT,
    /** Text of several lines, such as a script. */
    LINES,
    NUMBER,
    FLAG,
    LIST,
    JSON,
    /** Which resources: in the words of {@link chatops.chat.command.Targets}, or JSON. */
    TARGETS,
    /** How many at a time: a number or a share such as {@code 20%}, or JSON. */
    RATE,
    REGION
  }

  public FormField {
    label = ordered(label);
    hint = ordered(hint);
    constraint = ordered(constraint);
    choices = List.copyOf(choices);
  }

  private static Map<Language, String> ordered(Map<Language, String> texts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /** A field with nothing but its name and its kind. */
  public static FormField of(
      String name, Kind kind, boolean required, Map<Language, String> label) {
    return new FormField(
        name, kind, required, false, label, Map.of(), "", false, List.of(), "", null, null, null,
        null, Map.of());
  }

  /** What people read: the label, or the name where there is none. */
  public String title(Language language) {
    String title = in(language, label);
    return title.isEmpty() ? name : title;
  }

  public String hint(Language language) {
    return in(language, hint);
  }

  public String constraint(Language language) {
    return in(language, constraint);
  }

  /** In the language, else in English, else in any; empty when there is none. */
  static String in(Language language, Map<Language, String> texts) {
    String text = texts.get(language);
    if (text == null) {
      text = texts.get(Language.EN);
    }
    if (text == null && !texts.isEmpty()) {
      text = texts.values().iterator().next();
    }
    return text == null ? "" : text;
  }
}
