package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** {@code Fn::RangeSelect: [from, to, list]}: a slice, {@code to} exclusive, negatives counted from the end. */
final class RangeSelect implements Function {
  @Override
  public String name() {
    return "Fn::RangeSelect";
  }

  @Override
  public int least() {
    return 3;
  }

  @Override
  public int most() {
    return 3;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    List<JsonNode> list = arguments.list(2);
    int from = bounded(arguments.integer(0), list.size());
    int to = bounded(arguments.integer(1), list.size());
    List<JsonNode> range = from < to ? list.subList(from, to) : List.of();
    return JsonNodeFactory.instance.arrayNode(range.size()).addAll(range);
  }

  private static int bounded(int index, int size) {
    return Math.max(0, Math.min(size, index < 0 ? size + index : index));
  }
}
