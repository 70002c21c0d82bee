package chatops.local.lint;

import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.TemplateFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of product actions and templates that a task may call, matched in any letter case. */
final class KnownNames {
  private final Set<String> names = new HashSet<>();

  /**
   * The shipped templates, those of {@code catalogs}, and those being checked.
   *
   * @throws chatops.engine.EngineException when a catalogue directory cannot be read
   */
  KnownNames(List<Path> catalogs, Collection<Path> files) {
    add(new BundledCatalog().names());
    add(new DirectoryCatalog(catalogs).names());
    files.forEach(
        file -> TemplateFiles.name(file.toAbsolutePath()).ifPresent(name -> add(List.of(name))));
  }

  private void add(Collection<String> more) {
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  boolean has(String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }
}
