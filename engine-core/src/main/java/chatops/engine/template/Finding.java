package chatops.engine.template;

import chatops.engine.expression.Fault;

/**
 * One thing wrong with a template, or worth a second look.
 *
 * @param message what was found and what was expected
 * @param remedy what the author can do
 */
public record Finding(Fault fault, Position position, String message, String remedy) {
  /** How much it matters: a template with an error cannot be started. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public Severity severity() {
    return fault.isError() ? Severity.ERROR : Severity.WARNING;
  }

  /** {@code unknown-action}. */
  public String code() {
    return fault.code();
  }

  /** {@code line:column: message — remedy}. */
  @Override
  public String toString() {
    return position.line() + ":" + position.column() + ": " + message + " — " + remedy;
  }
}
