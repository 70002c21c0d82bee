package chatops.engine.run;

import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.expression.Function;
import chatops.engine.expression.function.Functions;
import chatops.engine.extension.PackageMatching;
import chatops.engine.jq.Jq;
import chatops.engine.template.Template;
import chatops.engine.template.TemplateParser;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Templates by their text. Whether a template is right depends on its text and on which actions the catalogue has, so both must
 * be as they were for a text not to be read again. Thread-safe.
 */
final class ParsedTemplates implements Templates {
  private static final int MOST_KEPT = 256;

  private final TemplateCatalog catalog;
  private final Map<String, Function> functions = Functions.all(new PackageMatching());
  private final Jq jq = new Jq();
  private final Map<TemplateCatalog.Source, Parsed> kept = new ConcurrentHashMap<>();

  /** @param actions that the parser asked for, and whether the catalogue had them */
  private record Parsed(Template template, Map<String, Boolean> actions) {}

  ParsedTemplates(TemplateCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void prepare() {
    jq.prepare();
  }

  @Override
  public Optional<TemplateCatalog.Source> find(String name, String version) {
    return catalog.find(name, version);
  }

  @Override
  public Template parse(TemplateCatalog.Source source) {
    Parsed known = kept.get(source);
    if (known != null && isStill(known.actions())) {
      return known.template();
    }
    Map<String, Boolean> actions = new ConcurrentHashMap<>();
    TemplateParser parser =
        new TemplateParser(functions, jq, action -> actions.computeIfAbsent(action, this::has));
    Template template = parser.parse(source.text(), source.name(), source.version());
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    kept.put(source, new Parsed(template, actions));
    return template;
  }

  private boolean isStill(Map<String, Boolean> actions) {
    return actions.entrySet().stream()
        .allMatch(action -> action.getValue() == has(action.getKey()));
  }

  private boolean has(String action) {
    return catalog.find(action, "").isPresent();
  }
}
