package chatops.chat.form;

import chatops.chat.Language;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template asks for.
 *
 * @param about what it does, in the languages there are
 * @param fields in the template's order
 */
public record TemplateForm(String template, Map<Language, String> about, List<FormField> fields) {
  public TemplateForm {
    about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    fields = List.copyOf(fields);
  }

  public String about(Language language) {
    return FormField.in(language, about);
  }

  /** The field of a parameter's name, in any letter case; null when there is none. */
  public @Nullable FormField field(String name) {
    for (FormField field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field;
      }
    }
    return null;
  }

  /** Words such as {@code name=value} by the field they belong to, in the form's order; words that belong to none are left out. */
  public Map<FormField, String> given(List<String> words) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        byName.put(word.substring(0, equals).toLowerCase(Locale.ROOT), word.substring(equals + 1));
      }
    }
    Map<FormField, String> given = new LinkedHashMap<>();
    for (FormField field : fields) {
      String value = byName.get(field.name().toLowerCase(Locale.ROOT));
      if (value != null) {
        given.put(field, value);
      }
    }
    return given;
  }
}
