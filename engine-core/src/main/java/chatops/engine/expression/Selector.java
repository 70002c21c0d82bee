package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A jq program over a task's raw result (ValueSelector, PropertySelector), references in it resolved per evaluation. */
public interface Selector {
  /** All results in order. @throws ExpressionException when the program fails on this input */
  List<JsonNode> select(JsonNode input, Scope scope);
}
