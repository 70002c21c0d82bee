package chatops.engine.template;

import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/** How a declared type shapes what a selector found (specification 4.3). Types do not convert. */
public final class Outputs {
  private Outputs() {}

  /**
   * List: all results as a list. Everything else: the first result as it is, or null; for Json, text that is a list or a map
   * is parsed.
   */
  public static JsonNode shape(Task.OutputType type, List<JsonNode> results) {
    if (type == Task.OutputType.LIST) {
      return JsonNodeFactory.instance.arrayNode(results.size()).addAll(results);
    }
    JsonNode first = results.isEmpty() ? NullNode.getInstance() : results.get(0);
    if (type == Task.OutputType.JSON && first.isTextual()) {
      return JsonText.parseContainer(first.textValue()).orElse(first);
    }
    return first;
  }
}
