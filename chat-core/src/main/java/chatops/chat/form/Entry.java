package chatops.chat.form;

import chatops.chat.command.Targets;
import chatops.chat.form.FormField.Kind;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person types into a field and what a command says for it: the same value in two spellings. */
public final class Entry {
  private Entry() {}

  /**
   * The value as {@code name=value} says it: lists in lines or with commas become JSON, targets and rates their maps. What cannot
   * be turned stays as it was typed, for {@link FormCheck} to refuse.
   *
   * @param region where targets are looked for
   */
  public static String toValue(FormField field, String typed, String region) {
    switch (field.kind()) {
      case LIST:
        return FormCheck.isJson(typed) ? typed.strip() : JsonWriter.write(elements(typed));
      case TARGETS:
        List<String> words = FormCheck.words(typed);
        return FormCheck.isJson(typed) || words.isEmpty() || !Targets.isUnderstood(words)
            ? typed.strip()
            : JsonWriter.write(Targets.parse(words).toTree(region));
      case RATE:
        String rate = FormCheck.rate(typed);
        return rate.isEmpty() ? typed.strip() : JsonWriter.write(rateTree(rate));
      case NUMBER:
      case FLAG:
      case JSON:
      case REGION:
        return typed.strip();
      case TEXT:
      case LINES:
        return typed;
    }
    return typed;
  }

  /** How a value looks when the person is asked again, or the default is offered. */
  public static String toTyped(FormField field, String value) {
    if (field.kind() == Kind.LIST && value.strip().startsWith("[")) {
      return lines(value);
    }
    if (field.kind() == Kind.RATE && FormCheck.isJson(value)) {
      return rate(value);
    }
    return value;
  }

  /** The words of a text that names targets: spaces, lines and commas separate them. */
  public static List<String> words(String typed) {
    return FormCheck.words(typed);
  }

  private static List<String> elements(String typed) {
    String separator = typed.indexOf('\n') >= 0 ? "\n" : ",";
    List<String> elements = new ArrayList<>();
    for (String element : typed.split(separator, -1)) {
      if (!element.isBlank()) {
        elements.add(element.strip());
      }
    }
    return elements;
  }

  private static String lines(String value) {
    try {
      Object read = JsonReader.read(value);
      StringBuilder lines = new StringBuilder();
      for (Object element : read instanceof List ? (List<?>) read : List.of()) {
        if (!(element instanceof String) || ((String) element).indexOf('\n') >= 0) {
          return value;
        }
        lines.append(lines.length() == 0 ? "" : "\n").append(element);
      }
      return lines.toString();
    } catch (JsonException e) {
      return value;
    }
  }

  private static Map<String, Object> rateTree(String rate) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("Mode", "Concurrency");
    tree.put("Concurrency", rate.endsWith("%") ? rate : Long.valueOf(rate));
    tree.put("MaxErrors", 0L);
    return tree;
  }

  /** The plain form's number or share; anything else is shown as it is. */
  private static String rate(String value) {
    try {
      Object read = JsonReader.read(value);
      if (read instanceof Map) {
        Map<?, ?> map = (Map<?, ?>) read;
        String plain = String.valueOf(map.get("Concurrency"));
        boolean isPlain = map.size() == 3
            && "Concurrency".equals(map.get("Mode"))
            && Long.valueOf(0).equals(map.get("MaxErrors"))
            && plain.equals(FormCheck.rate(plain));
        return isPlain ? plain : value;
      }
      return value;
    } catch (JsonException e) {
      return value;
    }
  }
}
