package chatops.engine.run;

import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.template.Template;
import java.util.Optional;
import java.util.function.Function;

/** Where templates and product actions come from, and how their text is read. Thread-safe. */
public interface Templates {

  /** @param version empty for the latest */
  Optional<TemplateCatalog.Source> find(String name, String version);

  /** @throws chatops.engine.EngineException when the text is wrong; the message names the place */
  Template parse(TemplateCatalog.Source source);

  /** Makes now what the first template would wait for, half a second in a process that just started. */
  default void prepare() {
    // nothing is kept from one template to the next
  }

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

  /** A catalogue read by the parser of the language, with every function it has. A text that was read is not read again. */
  static Templates of(TemplateCatalog catalog) {
    return new ParsedTemplates(catalog);
  }
}
