package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** A function call. */
record Call(Function function, Expression argument, String pointer) implements Expression {
  /** Whether all arguments are written out, so that it gives the same at any time. */
  boolean isFixed() {
    boolean isWritten = argument instanceof ListOf list
        ? list.elements().stream().allMatch(Literal.class::isInstance)
        : argument instanceof Literal;
    return isWritten && function.isFixed();
  }

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
