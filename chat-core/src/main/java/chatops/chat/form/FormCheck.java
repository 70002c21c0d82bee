package chatops.chat.form;

import chatops.chat.command.Targets;
import chatops.chat.form.FormField.Kind;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks values against what a template declares, as the engine will when it starts the execution: what passes here may still be
 * refused there, what is refused here would be refused there. Thread-safe.
 */
public final class FormCheck {
  private static final int CHOICES_SHOWN = 10;

  private final BoundedPatterns patterns = new BoundedPatterns();

  /** Everything that is missing or wrong, in the form's order. @param given by field, as {@code name=value} says it */
  public List<FormProblem> problems(TemplateForm form, Map<FormField, String> given) {
    List<FormProblem> problems = new ArrayList<>();
    for (FormField field : form.fields()) {
      String value = given.get(field);
      FormProblem problem = value == null
          ? field.required() ? new FormProblem(field, FormProblem.Kind.MISSING, "") : null
          : problem(field, value);
      if (problem != null) {
        problems.add(problem);
      }
    }
    return problems;
  }

  /** What is wrong with one value; null when nothing is. */
  public @Nullable FormProblem problem(FormField field, String value) {
    switch (field.kind()) {
      case NUMBER:
        return number(field, value.strip());
      case FLAG:
        String word = value.strip().toLowerCase(Locale.ROOT);
        return word.equals("true") || word.equals("false")
            ? choice(field, List.of(word))
            : wrong(field, FormProblem.Kind.FLAG, "true, false");
      case LIST:
        return list(field, value);
      case JSON:
        return container(value) == null ? wrong(field, FormProblem.Kind.JSON, "{…} […]") : null;
      case RATE:
        return isJson(value) && container(value) instanceof Map || !rate(value).isEmpty()
            ? null
            : wrong(field, FormProblem.Kind.RATE, "10, 20%");
      case TARGETS:
        return targets(field, value);
      case TEXT:
      case LINES:
      case REGION:
        return text(field, value);
    }
    return null;
  }

  private @Nullable FormProblem text(FormField field, String value) {
    FormProblem problem = choice(field, List.of(value));
    if (problem == null
        && !field.pattern().isEmpty()
        && !patterns.matches(field.pattern(), value)) {
      problem = wrong(field, FormProblem.Kind.PATTERN, field.pattern());
    }
    int length = value.codePointCount(0, value.length());
    return problem != null
        ? problem
        : length(field, length, FormProblem.Kind.SHORT, FormProblem.Kind.LONG);
  }

  private static @Nullable FormProblem number(FormField field, String value) {
    BigDecimal number = decimal(value);
    if (number == null) {
      return wrong(field, FormProblem.Kind.NUMBER, "");
    }
    FormProblem problem = choice(field, List.of(value));
    if (problem != null) {
      return problem;
    }
    BigDecimal min = field.min();
    BigDecimal max = field.max();
    if (min != null && number.compareTo(min) < 0) {
      return wrong(field, FormProblem.Kind.SMALL, min.toPlainString());
    }
    return max != null && number.compareTo(max) > 0
        ? wrong(field, FormProblem.Kind.LARGE, max.toPlainString())
        : null;
  }

  private static @Nullable BigDecimal decimal(String value) {
    try {
      Object read = JsonReader.read(value);
      return read instanceof Number ? new BigDecimal(read.toString()) : null;
    } catch (JsonException e) {
      return null;
    }
  }

  private static @Nullable FormProblem list(FormField field, String value) {
    List<String> elements = new ArrayList<>();
    if (value.strip().startsWith("[")) {
      Object read = container(value);
      if (!(read instanceof List)) {
        return wrong(field, FormProblem.Kind.LIST, "[\"a\",\"b\"]");
      }
      for (Object element : (List<?>) read) {
        elements.add(String.valueOf(element));
      }
    } else {
      elements.add(value);
    }
    FormProblem problem = choice(field, elements);
    return problem != null
        ? problem
        : length(field, elements.size(), FormProblem.Kind.FEW, FormProblem.Kind.MANY);
  }

  private static @Nullable FormProblem targets(FormField field, String value) {
    List<String> words = words(value);
    // no word at all would stand for every instance
    boolean isRight =
        isJson(value) ? container(value) != null : !words.isEmpty() && Targets.isUnderstood(words);
    return isRight ? null : wrong(field, FormProblem.Kind.TARGETS, Targets.HOW);
  }

  /** Numbers count as equal by their value, booleans in any letter case: as the engine compares. */
  private static @Nullable FormProblem choice(FormField field, List<String> values) {
    if (field.choices().isEmpty()) {
      return null;
    }
    for (String value : values) {
      boolean known = false;
      for (String choice : field.choices()) {
        known = known || isSame(choice, value);
      }
      if (!known) {
        List<String> shown =
            field.choices().subList(0, Math.min(CHOICES_SHOWN, field.choices().size()));
        String more = shown.size() < field.choices().size() ? ", …" : "";
        return wrong(field, FormProblem.Kind.CHOICE, String.join(", ", shown) + more);
      }
    }
    return null;
  }

  private static boolean isSame(String choice, String value) {
    if (choice.equals(value)) {
      return true;
    }
    String plain = value.strip();
    if (choice.equals("true") || choice.equals("false")) {
      return choice.equalsIgnoreCase(plain);
    }
    BigDecimal one = decimal(choice);
    BigDecimal other = one == null ? null : decimal(plain);
    return one != null && other != null && one.compareTo(other) == 0;
  }

  private static @Nullable FormProblem length(
      FormField field, int length, FormProblem.Kind below, FormProblem.Kind above) {
    Integer least = field.least();
    Integer most = field.most();
    if (least != null && length < least) {
      return wrong(field, below, least.toString());
    }
    return most != null && length > most ? wrong(field, above, most.toString()) : null;
  }

  private static FormProblem wrong(FormField field, FormProblem.Kind kind, String expected) {
    return new FormProblem(field, kind, expected);
  }

  /** The words of a text that names targets: ids may have commas between them. */
  static List<String> words(String value) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ' ';
      if (c == ' '
          || c == '\n'
          || c == '\r'
          || c == '\t'
          || c == '\u3000'
          || c == ','
          || c == '、') {
        if (word.length() > 0) {
          words.add(word.toString());
        }
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    return words;
  }

  static boolean isJson(String value) {
    String plain = value.strip();
    return plain.startsWith("{") || plain.startsWith("[");
  }

  /** {@code 10} or {@code 20%} as it stands, empty when it is neither. */
  static String rate(String value) {
    String plain = value.strip();
    boolean share = plain.endsWith("%");
    String digits = share ? plain.substring(0, plain.length() - 1) : plain;
    if (digits.isEmpty() || digits.length() > 6) {
      return "";
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return "";
      }
    }
    int number = Integer.parseInt(digits);
    return number < 1 || share && number > 100 ? "" : plain;
  }

  private static @Nullable Object container(String value) {
    try {
      Object read = JsonReader.read(value);
      return read instanceof Map || read instanceof List ? read : null;
    } catch (JsonException e) {
      return null;
    }
  }

  /** Whether people write a value of this kind in several lines. */
  static boolean isLong(Kind kind) {
    return kind == Kind.LINES || kind == Kind.LIST || kind == Kind.JSON;
  }
}
