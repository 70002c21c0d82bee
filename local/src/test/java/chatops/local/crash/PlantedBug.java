package chatops.local.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A bug that is not in the program: one place of one class, as it would be wrong.
 *
 * @param className fully qualified
 * @param find stands exactly once in the source of the class
 * @param check name of the check that must find it
 */
record PlantedBug(String name, String className, String find, String replace, String check) {
  static List<PlantedBug> all() {
    try (InputStream in = PlantedBug.class.getResourceAsStream("planted-bugs.yaml")) {
      Object document =
          new Load(LoadSettings.builder().build()).loadFromInputStream(Objects.requireNonNull(in));
      return ((List<?>) document).stream().map(entry -> of((Map<?, ?>) entry)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PlantedBug of(Map<?, ?> entry) {
    return new PlantedBug(
        text(entry, "name"),
        text(entry, "class"),
        text(entry, "find").stripTrailing(),
        text(entry, "replace").stripTrailing(),
        text(entry, "check"));
  }

  private static String text(Map<?, ?> entry, String key) {
    return Objects.requireNonNull(entry.get(key), () -> entry + " has no " + key)
        .toString();
  }

  /** The source with the bug in it. */
  String source(Path root) {
    String source = read(root);
    int at = source.indexOf(find);
    if (at < 0 || source.indexOf(find, at + 1) >= 0) {
      throw new AssertionError(
          "planted-bugs.yaml, '" + name + "': 'find' must stand exactly once in "
              + className + ", it stands there " + (at < 0 ? "nowhere" : "more than once")
              + "; put it as the code is now");
    }
    return source.substring(0, at) + replace + source.substring(at + find.length());
  }

  private String read(Path root) {
    String file = "src/main/java/" + className.replace('.', '/') + ".java";
    try (Stream<Path> modules = Files.list(root)) {
      Path path = modules
          .map(module -> module.resolve(file))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new AssertionError("no module has " + file));
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
