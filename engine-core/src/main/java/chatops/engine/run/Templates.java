package chatops.engine.run;

import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.expression.function.Functions;
import chatops.engine.extension.PackageMatching;
import chatops.engine.jq.Jq;
import chatops.engine.template.Template;
import chatops.engine.template.TemplateParser;
import java.util.Optional;
import java.util.function.Function;

/** Where templates and product actions come from, and how their text is read. Thread-safe. */
public interface Templates {

  /** @param version empty for the latest */
  Optional<TemplateCatalog.Source> find(String name, String version);

  /** @throws chatops.engine.EngineException when the text is wrong; the message names the place */
  Template parse(TemplateCatalog.Source source);

  static Templates of(TemplateCatalog catalog, Function<TemplateCatalog.Source, Template> parser) {
    return new Templates() {
      @Override
      public Optional<TemplateCatalog.Source> find(String name, String version) {
        return catalog.find(name, version);
      }

      @Override
      public Template parse(TemplateCatalog.Source source) {
        return parser.apply(source);
      }
    };
  }

  /** A catalogue read by the parser of the language, with every function it has. */
  static Templates of(TemplateCatalog catalog) {
    TemplateParser parser = new TemplateParser(
        Functions.all(new PackageMatching()),
        new Jq(),
        action -> catalog.find(action, "").isPresent());
    return of(catalog, source -> parser.parse(source.text(), source.name(), source.version()));
  }
}
