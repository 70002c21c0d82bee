package chatops.chat.form;

import chatops.chat.Language;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of a {@link TemplateForm}; what is usual is left out. */
public final class TemplateFormJson {
  private TemplateFormJson() {}

  public static String write(TemplateForm form) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("template", form.template());
    texts("about", form.about(), json);
    List<Object> fields = new ArrayList<>();
    for (FormField field : form.fields()) {
      fields.add(field(field));
    }
    json.put("fields", fields);
    return JsonWriter.write(json);
  }

  /** @throws chatops.chat.json.JsonException when the text is no form; names the place */
  public static TemplateForm read(String text) {
    JsonObject json = JsonObject.of(JsonReader.read(text), "");
    List<FormField> fields = new ArrayList<>();
    for (JsonObject field : json.objects("fields")) {
      fields.add(field(field));
    }
    return new TemplateForm(json.text("template"), texts(json, "about"), fields);
  }

  private static Map<String, @Nullable Object> field(FormField field) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", field.name());
    json.put("kind", field.kind().name());
    flag("required", field.required(), json);
    flag("secret", field.secret(), json);
    texts("label", field.label(), json);
    texts("hint", field.hint(), json);
    text("initial", field.initial(), json);
    flag("computed", field.computed(), json);
    if (!field.choices().isEmpty()) {
      json.put("choices", field.choices());
    }
    text("pattern", field.pattern(), json);
    given("least", field.least(), json);
    given("most", field.most(), json);
    given("min", field.min(), json);
    given("max", field.max(), json);
    texts("constraint", field.constraint(), json);
    return json;
  }

  private static FormField field(JsonObject json) {
    return new FormField(
        json.text("name"),
        kind(json.text("kind")),
        json.flag("required", false),
        json.flag("secret", false),
        texts(json, "label"),
        texts(json, "hint"),
        json.text("initial", ""),
        json.flag("computed", false),
        json.texts("choices"),
        json.text("pattern", ""),
        json.has("least") ? Integer.valueOf((int) json.number("least")) : null,
        json.has("most") ? Integer.valueOf((int) json.number("most")) : null,
        decimal(json.value("min")),
        decimal(json.value("max")),
        texts(json, "constraint"));
  }

  /** A kind that this version does not know is text to it. */
  private static FormField.Kind kind(String name) {
    for (FormField.Kind kind : FormField.Kind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return FormField.Kind.TEXT;
  }

  private static @Nullable BigDecimal decimal(@Nullable Object value) {
    return value instanceof Number ? new BigDecimal(value.toString()) : null;
  }

  private static void flag(String name, boolean value, Map<String, @Nullable Object> json) {
    if (value) {
      json.put(name, true);
    }
  }

  private static void text(String name, String value, Map<String, @Nullable Object> json) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }

  private static void given(
      String name, @Nullable Object value, Map<String, @Nullable Object> json) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void texts(
      String name, Map<Language, String> texts, Map<String, @Nullable Object> json) {
    Map<String, Object> written = new LinkedHashMap<>();
    for (Map.Entry<Language, String> text : texts.entrySet()) {
      written.put(text.getKey().name().toLowerCase(Locale.ROOT), text.getValue());
    }
    if (!written.isEmpty()) {
      json.put(name, written);
    }
  }

  private static Map<Language, String> texts(JsonObject json, String name) {
    Map<String, String> written = json.textMap(name);
    Map<Language, String> texts = new LinkedHashMap<>();
    for (Language language : Language.values()) {
      String text = written.get(language.name().toLowerCase(Locale.ROOT));
      if (text != null) {
        texts.put(language, text);
      }
    }
    return texts;
  }
}
