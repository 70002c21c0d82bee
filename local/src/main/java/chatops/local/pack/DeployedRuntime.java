package chatops.local.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The runtime that {@code s.yaml} deploys to, which is what a package must fit. */
public final class DeployedRuntime {
  private DeployedRuntime() {}

  /** @throws PackException when the file names none, another for each function, or one that is none */
  public static FcRuntime of(Path file) throws IOException {
    Set<String> named = new TreeSet<>();
    try (var in = Files.newInputStream(file)) {
      Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      for (Object function : map(map(tree).get("resources")).values()) {
        named.add(String.valueOf(map(map(function).get("props")).get("runtime")));
      }
    } catch (YamlEngineException e) {
      throw new PackException(
          file + " cannot be read as YAML: mend it, or name the runtime with --runtime", e);
    }
    if (named.size() != 1) {
      throw new PackException(file + ": one runtime for all functions expected, found " + named
          + "; make them the same, or name one with --runtime");
    }
    return FcRuntime.named(named.iterator().next());
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
