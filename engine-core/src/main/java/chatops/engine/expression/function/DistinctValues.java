package chatops.engine.expression.function;

import chatops.engine.expression.Equality;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** Values without duplicates, in order of first appearance. */
record DistinctValues(List<JsonNode> values) {
  DistinctValues {
    List<JsonNode> distinct = new ArrayList<>();
    for (JsonNode value : values) {
      if (!contains(distinct, value)) {
        distinct.add(value);
      }
    }
    values = List.copyOf(distinct);
  }

  DistinctValues and(DistinctValues other) {
    return new DistinctValues(
        values.stream().filter(value -> contains(other.values, value)).toList());
  }

  DistinctValues without(DistinctValues other) {
    return new DistinctValues(
        values.stream().filter(value -> !contains(other.values, value)).toList());
  }

  JsonNode list() {
    return JsonNodeFactory.instance.arrayNode(values.size()).addAll(values);
  }

  private static boolean contains(List<JsonNode> values, JsonNode value) {
    return values.stream().anyMatch(known -> Equality.strict(known, value));
  }
}
