package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** What could not be compiled, and was told: null, and nothing that was written out, so that nothing more is told of it. */
record Unreadable() implements Expression {
  @Override
  public JsonNode evaluate(Scope scope) {
    return NullNode.getInstance();
  }
}
