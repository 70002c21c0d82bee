package chatops.execution.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML document as maps, lists and scalars, with the place of everything in it by path: {@code rights[0].commands[1]}.
 * Anchors are followed within the reader's limit; a key given twice is a problem.
 */
final class YamlTree {
  private static final int ALIASES = 50;
  private static final int DEPTH = 20;

  private final Map<String, String> positions = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private @Nullable Object value;

  private YamlTree() {}

  static YamlTree parse(String text) {
    YamlTree tree = new YamlTree();
    LoadSettings settings = LoadSettings.builder()
        .setMaxAliasesForCollections(ALIASES)
        .setAllowDuplicateKeys(true)
        // read in one piece: the reader fails where a piece ends between the halves of a character
        .setBufferSize(text.length() + 2)
        .build();
    Optional<Node> root = new Compose(settings).composeString(text);
    root.ifPresent(node -> tree.value = tree.read(node, "", 0));
    return tree;
  }

  @Nullable
  Object value() {
    return value;
  }

  /** {@code line:column: what is wrong}. */
  List<String> problems() {
    return problems;
  }

  /** {@code line:column} of a path, or of the nearest thing above it that the file has. */
  String position(String path) {
    String place = path;
    while (!positions.containsKey(place)) {
      int cut = Math.max(place.lastIndexOf('.'), place.lastIndexOf('['));
      if (cut < 0) {
        return positions.getOrDefault("", "1:1");
      }
      place = place.substring(0, cut);
    }
    return positions.getOrDefault(place, "1:1");
  }

  private @Nullable Object read(Node node, String path, int depth) {
    positions.putIfAbsent(path, at(node));
    if (depth > DEPTH) {
      problems.add(at(node) + ": " + path + ": nested deeper than " + DEPTH + " levels");
      return null;
    }
    if (node instanceof MappingNode mapping) {
      return map(mapping, path, depth);
    }
    if (node instanceof SequenceNode sequence) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        list.add(read(item, path + "[" + list.size() + "]", depth + 1));
      }
      return list;
    }
    return scalar((ScalarNode) node);
  }

  private Map<String, @Nullable Object> map(MappingNode mapping, String path, int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        problems.add(at(tuple.getKeyNode()) + ": a name must be plain text");
        continue;
      }
      String key = name.getValue();
      String below = path.isEmpty() ? key : path + "." + key;
      if (map.containsKey(key)) {
        problems.add(
            at(name) + ": " + below + ": given before at " + positions.get(below) + "; keep one");
        continue;
      }
      // a problem with a name is shown at the name, not at what follows it
      positions.put(below, at(name));
      map.put(key, read(tuple.getValueNode(), below, depth + 1));
    }
    return map;
  }

  private static @Nullable Object scalar(ScalarNode node) {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    if (tag.equals(Tag.INT)) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        return text;
      }
    }
    return tag.equals(Tag.FLOAT)
        ? Double.valueOf(text.replace(".inf", "Infinity").replace(".nan", "NaN"))
        : text;
  }

  private static String at(Node node) {
    return node.getStartMark()
        .map(mark -> (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
        .orElse("1:1");
  }
}
