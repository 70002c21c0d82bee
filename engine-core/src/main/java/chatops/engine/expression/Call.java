package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** A function call. */
record Call(Function function, Expression argument, String pointer) implements Expression {
  @Override
  public JsonNode evaluate(Scope scope) {
    Arguments arguments = new Arguments(function, argument, pointer, scope);
    arguments.checkCount();
    int before = scope.secretsRead();
    JsonNode result = function.apply(arguments);
    if (scope.secretsRead() != before && !function.isPassing()) {
      scope.made(result, arguments.evaluated());
    }
    return result;
  }
}
