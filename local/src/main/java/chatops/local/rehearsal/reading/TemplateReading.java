package chatops.local.rehearsal.reading;

import chatops.engine.action.Actions;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One template with everything it calls, read once; the parameters and answers it needs come out as forms. */
public final class TemplateReading {
  private static final int DEEPEST = 10;

  private final Function<String, Optional<JsonNode>> library;
  private final String region;
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private final Map<String, Form> parameters = new LinkedHashMap<>();

  /**
   * @param library documents of templates and product actions by name
   * @param region where it is to run
   */
  public TemplateReading(
      JsonNode document, Function<String, Optional<JsonNode>> library, String region) {
    this.library = library;
    this.region = region;
    Frame frame = new Frame(document);
    document.path("Parameters").properties().forEach(entry -> {
      Form form = new Form(entry.getKey());
      parameters.put(entry.getKey(), form);
      frame.parameter(entry.getKey(), form);
    });
    read(frame, "", 0);
  }

  /** What is read of each parameter, by declared name. */
  public Map<String, Form> parameters() {
    return parameters;
  }

  /** The calls, by {@link Site#path}. */
  public Map<String, Site> sites() {
    return sites;
  }

  private Map<String, Form> read(Frame frame, String prefix, int depth) {
    ValueReading values = new ValueReading(frame, region);
    TaskReading tasks = new TaskReading(
        values, this::site, (name, given, path) -> nested(name, given, path, depth + 1));
    for (JsonNode task : frame.document().path("Tasks")) {
      tasks.read(task, prefix);
    }
    Map<String, Form> outputs = new LinkedHashMap<>();
    frame
        .document()
        .path("Outputs")
        .properties()
        .forEach(output ->
            outputs.put(output.getKey(), values.value(output.getValue().path("Value"))));
    return outputs;
  }

  private Form site(String path, String service, String api) {
    return sites
        .computeIfAbsent(path, p -> new Site(p, service, api, new Form(api)))
        .reply();
  }

  private Map<String, Form> nested(String name, Map<String, Form> given, String path, int depth) {
    JsonNode document = library.apply(name).orElse(null);
    if (document == null || depth > DEEPEST || Actions.builtIn().find(name) != null) {
      return Map.of();
    }
    Frame frame = new Frame(document);
    ValueReading defaults = new ValueReading(frame, region);
    document.path("Parameters").properties().forEach(entry -> {
      Form form = Frame.find(given, entry.getKey())
          .filter(value -> value.known().map(known -> !known.isNull()).orElse(true))
          .orElseGet(() -> defaulted(defaults, entry.getKey(), entry.getValue()));
      frame.parameter(entry.getKey(), Declared.as(form, entry.getValue()));
    });
    return read(frame, path + "/", depth);
  }

  private static Form defaulted(ValueReading values, String name, JsonNode declaration) {
    JsonNode value = declaration.get("Default");
    return value == null ? new Form(name) : values.value(value);
  }

  /** What a declaration demands of a value that is not known yet. */
  static final class Declared {
    private Declared() {}

    static Form as(Form form, JsonNode declaration) {
      if (form.known().isPresent()) {
        return form;
      }
      switch (declaration.path("Type").asText("String").toLowerCase(Locale.ROOT)) {
        case "number" -> form.as(Form.Kind.NUMBER).numeric();
        case "boolean" -> form.as(Form.Kind.BOOLEAN);
        case "json", "object" -> form.as(Form.Kind.MAP);
        default -> {}
      }
      for (JsonNode allowed : declaration.path("AllowedValues")) {
        form.wish(allowed, Force.MUST);
      }
      return form;
    }
  }
}
