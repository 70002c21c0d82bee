package chatops.execution.form;

import chatops.chat.Language;
import chatops.chat.form.FormField;
import chatops.chat.form.FormField.Kind;
import chatops.chat.form.TemplateForm;
import chatops.chat.form.TemplateForms;
import chatops.engine.EngineException;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.run.Templates;
import chatops.engine.template.Parameter;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes the form of a template from what it declares, and the file of forms that Front reads. */
public final class FormCompiler {
  /** Associations whose value is text of several lines (OOS, "AssociationProperty"). */
  private static final Set<String> SEVERAL_LINES =
      Set.of("code", "textarea", "aliyun::oos::command::commandcontent");

  private static final Set<String> REGIONS = Set.of("regionid", "aliyun::ecs::regionid");

  private FormCompiler() {}

  /**
   * A compiled file.
   *
   * @param forms of the templates that read
   * @param broken name of a template that does not read, with the reason: Front knows nothing of it, and Execution explains
   */
  public record Compiled(List<TemplateForm> forms, Map<String, String> broken) {
    /** The content of the file that {@code CHATOPS_FORMS} names. */
    public byte[] file() {
      return TemplateForms.write(forms);
    }
  }

  /** The forms of all templates that people can start, which product actions are not. */
  public static Compiled compile(TemplateCatalog catalog) {
    Templates templates = Templates.of(catalog);
    List<TemplateForm> forms = new ArrayList<>();
    Map<String, String> broken = new TreeMap<>();
    for (String name : catalog.names()) {
      if (name.contains("::")) {
        continue;
      }
      try {
        templates.find(name, "").map(templates::parse).map(FormCompiler::of).ifPresent(forms::add);
      } catch (EngineException e) {
        broken.put(name, String.valueOf(e.getMessage()));
      }
    }
    return new Compiled(forms, broken);
  }

  public static TemplateForm of(Template template) {
    List<FormField> fields = new ArrayList<>();
    template.parameters().values().forEach(parameter -> fields.add(field(parameter)));
    return new TemplateForm(template.name(), texts(template.description()), fields);
  }

  private static FormField field(Parameter parameter) {
    JsonNode fallback = parameter.writtenDefault();
    String initial = fallback == null || fallback.isNull() ? "" : text(fallback);
    boolean isComputed = initial.contains("{{");
    var pattern = parameter.allowedPattern();
    return new FormField(
        parameter.name(),
        kind(parameter),
        fallback == null || isPlaceholder(initial),
        parameter.noEcho(),
        texts(parameter.label()),
        texts(parameter.description()),
        isComputed || parameter.noEcho() || isPlaceholder(initial) ? "" : initial,
        isComputed,
        parameter.allowedValues().stream().map(FormCompiler::text).toList(),
        pattern == null ? "" : pattern.pattern(),
        parameter.minLength(),
        parameter.maxLength(),
        parameter.minValue(),
        parameter.maxValue(),
        texts(parameter.constraint()));
  }

  private static Kind kind(Parameter parameter) {
    String association = parameter.associationProperty() == null
        ? ""
        : parameter.associationProperty().toLowerCase(Locale.ROOT);
    if (association.equals("targets")) {
      return Kind.TARGETS;
    }
    if (association.equals("ratecontrol")) {
      return Kind.RATE;
    }
    return switch (parameter.type()) {
      case NUMBER -> Kind.NUMBER;
      case BOOLEAN -> Kind.FLAG;
      case LIST -> Kind.LIST;
      case JSON -> Kind.JSON;
      case STRING -> {
        if (REGIONS.contains(association) && parameter.allowedValues().isEmpty()) {
          yield Kind.REGION;
        }
        yield SEVERAL_LINES.contains(association) ? Kind.LINES : Kind.TEXT;
      }
    };
  }

  /** A default that Auto Scaling replaces before it starts a template: whoever else starts it has to give a value. */
  private static boolean isPlaceholder(String initial) {
    return initial.startsWith("${") || initial.startsWith("[\"${");
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static Map<Language, String> texts(Map<String, String> written) {
    Map<Language, String> texts = new LinkedHashMap<>();
    put(texts, Language.EN, written, "en");
    put(texts, Language.ZH, written, "zh-cn", "zh");
    put(texts, Language.JA, written, "ja");
    String all = written.get("");
    if (all != null) {
      texts.putIfAbsent(Language.EN, all);
    }
    return texts;
  }

  private static void put(
      Map<Language, String> texts, Language language, Map<String, String> written, String... keys) {
    for (String key : keys) {
      String text = written.get(key);
      if (text != null && !text.isBlank()) {
        texts.putIfAbsent(language, text.strip());
      }
    }
  }
}
