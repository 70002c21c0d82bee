package chatops.engine.expression;

import chatops.engine.EngineException;

/** An expression that cannot be computed for the values it was given; fails the task that holds it. */
public final class ExpressionException extends EngineException {
  private static final long serialVersionUID = 1L;

  public ExpressionException(String message) {
    super(message);
  }

  public ExpressionException(String message, Throwable cause) {
    super(message, cause);
  }
}
