package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code Loop.Outputs}: what becomes of one output of all items (specification 5.4). */
public final class Aggregation {
  /** The functions that can aggregate. */
  public static final Set<String> TYPES = Set.of(
      "Fn::ListJoin",
      "Fn::Sum",
      "Fn::Min",
      "Fn::Max",
      "Fn::First",
      "Fn::Last",
      "Fn::MergeList",
      "Fn::MergeMap",
      "Fn::Union",
      "Fn::Intersection");

  // these say what a failed item's null means; the others want values only
  private static final Set<String> TAKING_NULL =
      Set.of("Fn::ListJoin", "Fn::Sum", "Fn::First", "Fn::Last");

  private static final Map<String, Function> FUNCTIONS = Functions.all();

  private Aggregation() {}

  /**
   * @param type one of {@link #TYPES}
   * @param values one per item in item order, null where the item failed or was skipped
   */
  public static JsonNode of(String type, List<JsonNode> values) {
    Optional<Function> function =
        Optional.ofNullable(FUNCTIONS.get(type)).filter(f -> TYPES.contains(type));
    List<JsonNode> taken = TAKING_NULL.contains(type)
        ? values
        : values.stream().filter(value -> !value.isNull()).toList();
    if (taken.isEmpty() && type.equals("Fn::MergeMap")) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (taken.isEmpty() && (type.equals("Fn::Union") || type.equals("Fn::Intersection"))) {
      return JsonNodeFactory.instance.arrayNode();
    }
    return Arguments.call(
        function.orElseThrow(
            () -> new ExpressionException("AggregateType '" + type + "' cannot aggregate; known: "
                + String.join(", ", TYPES.stream().sorted().toList()))),
        JsonNodeFactory.instance.arrayNode().addAll(taken));
  }
}
