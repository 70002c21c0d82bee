package chatops.execution.aliyun;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One place in the tree of an API's parameter names. The tree is built from names as API references write them:
 * {@code Tag.N.Key} is a list of objects, {@code InstanceId.N} a repeat list, {@code SystemDisk.Category} a dotted name,
 * {@code InstanceIds} plain text (so that a list given for it becomes JSON text), {@code Headers.*} a flat map.
 */
final class WireName {
  static final String LIST = "N";
  static final String ANY = "*";

  private final Map<String, WireName> children = new LinkedHashMap<>();

  /** A matched place with the name it has on the wire. */
  record Match(String wire, WireName place) {}

  /** @param patterns names separated by blanks */
  static WireName parse(String patterns) {
    WireName root = new WireName();
    for (String pattern : patterns.strip().split("\\s+")) {
      WireName place = root;
      for (String segment : pattern.split("\\.")) {
        place = place.children.computeIfAbsent(segment, key -> new WireName());
      }
    }
    return root;
  }

  boolean isList() {
    return children.containsKey(LIST);
  }

  boolean isFlatMap() {
    return children.containsKey(ANY);
  }

  boolean isLeaf() {
    return children.isEmpty();
  }

  WireName item() {
    WireName item = children.get(LIST);
    if (item == null) {
      throw new IllegalStateException("not a list");
    }
    return item;
  }

  /**
   * The place a template's name means: the same name in any letter case, with dots left out, or in the other of singular
   * and plural ({@code Tags} for {@code Tag.N.Key}).
   */
  @Nullable
  Match find(String name) {
    String wanted = name.replace(".", "").toLowerCase(Locale.ROOT);
    Match exact = find(wanted, "", "");
    if (exact != null) {
      return exact;
    }
    Match other = wanted.endsWith("s")
        ? find(wanted.substring(0, wanted.length() - 1), "", "")
        : find(wanted + "s", "", "");
    return other;
  }

  private @Nullable Match find(String wanted, String wire, String joined) {
    for (Map.Entry<String, WireName> child : children.entrySet()) {
      String segment = child.getKey();
      if (segment.equals(LIST) || segment.equals(ANY)) {
        continue;
      }
      String name = joined + segment.toLowerCase(Locale.ROOT);
      String path = wire.isEmpty() ? segment : wire + "." + segment;
      if (name.equals(wanted)) {
        return new Match(path, child.getValue());
      }
      if (wanted.startsWith(name)) {
        Match deeper = child.getValue().find(wanted, path, name);
        if (deeper != null) {
          return deeper;
        }
      }
    }
    return null;
  }
}
