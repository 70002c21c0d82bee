package chatops.local.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * {@code s.yaml} as Serverless Devs reads it, as far as others must know what is deployed: {@code ${vars.x}} and {@code ${env('X',
 * 'y')}} are replaced, other expressions stay as they are.
 */
public final class DeploymentFile {
  private static final Pattern EXPRESSION =
      Pattern.compile("\\$\\{\\s*(?:vars\\.(\\w+)|env\\('(\\w+)'(?:,\\s*'([^']*)')?\\))\\s*\\}");

  /** Variables may name variables. */
  private static final int DEPTH = 4;

  private final Path file;
  private final Map<?, ?> tree;
  private final Map<String, String> environment;

  private DeploymentFile(Path file, Map<?, ?> tree, Map<String, String> environment) {
    this.file = file;
    this.tree = tree;
    this.environment = environment;
  }

  /**
   * @param environment of whoever deploys
   * @throws PackException when it is not there, or no YAML
   */
  public static DeploymentFile read(Path file, Map<String, String> environment) {
    try (var in = Files.newInputStream(file)) {
      return new DeploymentFile(
          file, map(new Load(LoadSettings.builder().build()).loadFromInputStream(in)), environment);
    } catch (IOException e) {
      throw new PackException(
          file + " cannot be read (" + e.getClass().getSimpleName()
              + "): it says what is deployed; is it there, and may this user read it?",
          e);
    } catch (YamlEngineException e) {
      throw new PackException(file + " cannot be read as YAML: mend it", e);
    }
  }

  /** What stands at {@code resources}. */
  Set<?> functions() {
    return map(tree.get("resources")).keySet();
  }

  /** A property of one of its functions as text; {@code null} as text where it is not set. */
  public String property(Object function, String name) {
    return rendered(String.valueOf(properties(function).get(name)));
  }

  /**
   * What a property of a function names, by itself or at the end of an ARN.
   *
   * @throws PackException when it is not set, or an expression that is not understood
   */
  public String name(String function, String property) {
    String value = property(function, property).strip();
    String name = value.substring(value.lastIndexOf('/') + 1);
    if (properties(function).get(property) == null || name.isEmpty() || name.contains("${")) {
      throw new PackException(
          file + ": resources." + function + ".props." + property + " is '" + value
              + "': a name expected, or an expression of ${vars.x} and ${env('X', 'y')} whose variables are set");
    }
    return name;
  }

  /** The name of the function's first trigger of a type. @throws PackException when it has none */
  public String trigger(String function, String type) {
    Collection<?> triggers =
        properties(function).get("triggers") instanceof Collection<?> list ? list : List.of();
    return triggers.stream()
        .map(DeploymentFile::map)
        .filter(trigger -> rendered(String.valueOf(trigger.get("triggerType"))).equals(type))
        .map(trigger -> rendered(String.valueOf(trigger.get("triggerName"))))
        .findFirst()
        .orElseThrow(() -> new PackException(file + ": resources." + function
            + ".props.triggers: a trigger of type " + type + " expected, found none"));
  }

  private Map<?, ?> properties(Object function) {
    return map(map(map(tree.get("resources")).get(function)).get("props"));
  }

  private String rendered(String text) {
    String now = text;
    for (int i = 0; i < DEPTH && now.contains("${"); i++) {
      now = EXPRESSION.matcher(now).replaceAll(each -> Matcher.quoteReplacement(value(each)));
    }
    return now;
  }

  private String value(MatchResult expression) {
    Object found = expression.group(1) != null
        ? map(tree.get("vars")).get(expression.group(1))
        : environment.getOrDefault(expression.group(2), "").isEmpty()
            ? expression.group(3)
            : environment.get(expression.group(2));
    return found == null ? expression.group() : String.valueOf(found);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
