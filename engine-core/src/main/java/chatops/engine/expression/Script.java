package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A jq program in a function's argument; it has no value of its own. */
interface Script extends Expression {
  /** @throws ExpressionException when the program fails */
  List<JsonNode> run(JsonNode input, Scope scope);

  @Override
  default JsonNode evaluate(Scope scope) {
    throw new ExpressionException("a jq program has no value without an input");
  }
}
