package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A compiled template value: a literal, a reference, text with references in it, a list, a map or a function call.
 * Immutable and thread-safe.
 */
public interface Expression {
  /**
   * @throws ExpressionException when a function gets what it cannot take; the message names function, argument and place
   */
  JsonNode evaluate(Scope scope);
}
