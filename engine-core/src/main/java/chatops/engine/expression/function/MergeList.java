package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** {@code Fn::MergeList: list-of-lists}, also wrapped in a list of its own: the concatenation, nulls left out. */
final class MergeList implements Function {
  @Override
  public String name() {
    return "Fn::MergeList";
  }

  @Override
  public int least() {
    return 0;
  }

  @Override
  public int most() {
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean takesWhole() {
    return true;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    JsonNode lists = arguments.whole();
    if (lists.isTextual()) {
      lists = JsonText.parseContainer(lists.textValue()).orElse(lists);
    }
    if (!lists.isArray()) {
      throw arguments.wrong(0, "a list of lists", lists);
    }
    if (lists.size() == 1 && isListOfLists(lists.path(0))) {
      lists = lists.path(0);
    }
    ArrayNode merged = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : lists) {
      if (element.isArray()) {
        element.forEach(merged::add);
      } else if (!element.isNull()) {
        merged.add(element);
      }
    }
    return merged;
  }

  private static boolean isListOfLists(JsonNode value) {
    if (!value.isArray()) {
      return false;
    }
    for (JsonNode element : value) {
      if (!element.isArray() && !element.isNull()) {
        return false;
      }
    }
    return true;
  }
}
