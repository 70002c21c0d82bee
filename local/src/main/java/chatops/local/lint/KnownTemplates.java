package chatops.local.lint;

import chatops.engine.EngineException;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.catalog.TemplateFiles;
import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.template.Template;
import chatops.engine.template.TemplateParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Product actions and templates that a task may call, by name in any letter case. */
final class KnownTemplates {
  private final Set<String> names = new HashSet<>();
  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, Optional<Template>> templates = new HashMap<>();
  private final TemplateCatalog catalog;
  private final TemplateParser parser = new TemplateParser(Functions.all(), new Jq(), name -> true);

  /**
   * Those being checked, those of {@code catalogs}, and the shipped templates; an earlier one hides later ones.
   *
   * @throws EngineException when a catalogue directory cannot be read
   */
  KnownTemplates(List<Path> catalogs, Collection<Path> files) {
    this.catalog =
        new LayeredCatalog(List.of(new DirectoryCatalog(catalogs), new BundledCatalog()));
    catalog.names().forEach(name -> names.add(folded(name)));
    files.forEach(file -> TemplateFiles.name(file.toAbsolutePath()).ifPresent(name -> {
      names.add(folded(name));
      this.files.putIfAbsent(folded(name), file);
    }));
  }

  boolean has(String name) {
    return names.contains(folded(name));
  }

  /** The template; empty when there is none of that name, or it has errors of its own. */
  Optional<Template> template(String name) {
    return templates.computeIfAbsent(folded(name), this::read);
  }

  private Optional<Template> read(String name) {
    try {
      Path file = files.get(name);
      Optional<String> text = file == null
          ? catalog.find(name, "").map(TemplateCatalog.Source::text)
          : Optional.of(TemplateText.read(file).text());
      return text.flatMap(found -> parser.check(found, name, "").template());
    } catch (IOException | EngineException unreadable) {
      return Optional.empty(); // it is told where that file is checked itself
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
