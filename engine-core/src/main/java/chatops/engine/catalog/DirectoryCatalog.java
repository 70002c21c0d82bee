package chatops.engine.catalog;

import chatops.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Templates in directories on disk, found when the catalogue is made and read when they are asked for. A name in an earlier
 * directory hides the same name in a later one. A checkout of a public template repository can be one of the directories.
 * Thread-safe.
 */
public final class DirectoryCatalog implements TemplateCatalog {
  private static final int DEEPEST = 6;

  private final Map<String, Path> files = new TreeMap<>();
  private final Map<String, Path> folded = new TreeMap<>();

  /** @throws EngineException when a directory cannot be read; the message names it */
  public DirectoryCatalog(List<Path> directories) {
    directories.forEach(this::index);
  }

  private void index(Path directory) {
    try (Stream<Path> found = Files.walk(directory, DEEPEST)) {
      found
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(
              file -> TemplateFiles.name(file.toAbsolutePath()).ifPresent(name -> add(name, file)));
    } catch (IOException | UncheckedIOException unreadable) {
      throw new EngineException(
          "template directory " + directory + ": cannot be read; check the path and its rights",
          unreadable);
    }
  }

  private void add(String name, Path file) {
    files.putIfAbsent(name, file);
    folded.putIfAbsent(name.toLowerCase(Locale.ROOT), file);
  }

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public Optional<Source> find(String name, String version) {
    Optional<Path> file = Optional.ofNullable(files.get(name))
        .or(() -> Optional.ofNullable(folded.get(name.toLowerCase(Locale.ROOT))));
    return file.map(DirectoryCatalog::read)
        .filter(source -> version.isEmpty() || source.version().equals(version));
  }

  private static Source read(Path file) {
    try {
      String text = Files.readString(file);
      String name = TemplateFiles.name(file.toAbsolutePath()).orElseThrow();
      return new Source(name, TemplateFiles.version(text), text);
    } catch (IOException unreadable) {
      throw new EngineException(
          "template file " + file + ": cannot be read as UTF-8 text", unreadable);
    }
  }
}
