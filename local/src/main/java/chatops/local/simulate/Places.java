package chatops.local.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where the parts of a YAML text stand, by JSON pointer; {@code line:column}, counted from 1. */
final class Places {
  private final Map<String, String> places = new HashMap<>();

  Places(Node root) {
    note("", root, root);
  }

  private void note(String pointer, Node at, Node node) {
    at.getStartMark().ifPresent(mark -> places.put(pointer, text(mark)));
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          String name = key.getValue().replace("~", "~0").replace("/", "~1");
          note(pointer + "/" + name, key, entry.getValueNode());
        }
      }
    } else if (node instanceof SequenceNode list) {
      int index = 0;
      for (Node element : list.getValue()) {
        note(pointer + "/" + index++, element, element);
      }
    }
  }

  static String text(Mark mark) {
    return (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  /** The place of a part, or of the nearest part around it. */
  String of(String pointer) {
    String at = pointer;
    while (!places.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
    }
    return Optional.ofNullable(places.get(at)).orElse("1:1");
  }
}
