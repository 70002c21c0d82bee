package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** A function call. */
record Call(Function function, Expression argument, String pointer) implements Expression {
  @Override
  public JsonNode evaluate(Scope scope) {
    Arguments arguments = new Arguments(function, argument, pointer, scope);
    arguments.checkCount();
    return function.apply(arguments);
  }
}
