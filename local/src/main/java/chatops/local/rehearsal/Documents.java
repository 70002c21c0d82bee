package chatops.local.rehearsal;

import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.template.PlainDocument;
import chatops.engine.template.Template;
import chatops.engine.template.TemplateParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Templates by name, each text read once: as the engine reads it, and as it is written. Not thread-safe. */
public final class Documents {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one package of the simulated repository; it fits every host. */
  private static final JsonNode PACKAGE = JSON.createObjectNode()
      .put("InstallScript", "echo install")
      .put("UninstallScript", "echo uninstall")
      .put("OutputScript", "echo output")
      .put("BucketName", "simulated-bucket")
      .put("ObjectName", "simulated-package");

  private final TemplateCatalog catalog;
  private final TemplateParser parser;
  private final Map<TemplateCatalog.Source, Template> templates = new HashMap<>();
  private final Map<String, JsonNode> trees = new HashMap<>();

  public Documents(TemplateCatalog catalog) {
    this.catalog = catalog;
    this.parser = new TemplateParser(
        Functions.all((content, host) -> Optional.of(PACKAGE)),
        new Jq(),
        action -> catalog.find(action, "").isPresent());
  }

  public TemplateCatalog catalog() {
    return catalog;
  }

  /** @throws chatops.engine.EngineException when the text is wrong */
  public Template template(TemplateCatalog.Source source) {
    Template known = templates.get(source);
    if (known == null) {
      known = parser.parse(source.text(), source.name(), source.version());
      templates.put(source, known);
    }
    return known;
  }

  /** The text as a tree; nothing of it is interpreted. */
  public Optional<JsonNode> tree(String name) {
    return catalog
        .find(name, "")
        .map(source -> trees.computeIfAbsent(source.text(), Documents::read));
  }

  /** The text as the engine reads it; missing when it cannot be read. */
  public static JsonNode read(String text) {
    return PlainDocument.read(text).root();
  }
}
