package chatops.engine.action;

import chatops.engine.action.builtin.BuiltinActions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Actions by name, in any letter case. Immutable and thread-safe. */
public final class Actions {
  private static final List<String> UNSUPPORTED = List.of("ACS::GitCodeRepo");

  private final Map<String, Action> byName = new TreeMap<>();

  private Actions(List<Action> actions) {
    actions.forEach(action -> byName.put(key(action.name()), action));
  }

  /** What the engine itself can do; everything else is a template. */
  public static Actions builtIn() {
    return new Actions(BuiltinActions.all());
  }

  /** The action of this name; null when it is a product action, or none. */
  public @Nullable Action find(String name) {
    return byName.get(key(name));
  }

  /** Names of the language that this engine has no code for. */
  public static boolean isKnownButUnsupported(String name) {
    return UNSUPPORTED.stream().anyMatch(known -> known.equalsIgnoreCase(name.strip()));
  }

  public List<String> names() {
    return byName.values().stream().map(Action::name).sorted().toList();
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
