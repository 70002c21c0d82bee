package chatops.local.simulate;

import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.TemplateCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Templates that lie beside the simulated ones, found by their file names. */
final class NeighbourCatalog implements TemplateCatalog {
  private static final List<String> EXTENSIONS = List.of(".yml", ".yaml", ".json");

  private final Set<Path> folders = new LinkedHashSet<>();

  NeighbourCatalog(Collection<Path> files) {
    files.forEach(file -> folders.add(file.toAbsolutePath().normalize().resolveSibling("")));
  }

  @Override
  public Optional<Source> find(String name, String version) {
    if (name.contains("/") || name.contains("\\")) {
      return Optional.empty();
    }
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      for (String extension : EXTENSIONS) {
        Path file = folder.resolve(name + extension);
        if (Files.isRegularFile(file)) {
          found.add(file);
        }
      }
    }
    return found.stream()
        .findFirst()
        .flatMap(file -> new DirectoryCatalog(List.of(file)).find(name, version));
  }
}
