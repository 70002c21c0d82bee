package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** A value written in the template. */
public record Literal(JsonNode value) implements Expression {
  @Override
  public JsonNode evaluate(Scope scope) {
    return value;
  }
}
