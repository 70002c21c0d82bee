package chatops.engine.expression;

import java.util.Locale;

/** Everything that can be wrong with a template, one code each; the text form is what {@code lint} prints and the documents explain. */
public enum Fault {
  /** A file that cannot be read, or holds no UTF-8 text. */
  UNREADABLE(true),
  /** Not YAML or JSON, or YAML that OOS has no use for (several documents, tags, endless aliases). */
  SYNTAX(true),
  TOO_LARGE(true),
  DUPLICATE_KEY(true),
  /** Plain text that YAML 1.1 and 1.2 read differently; read as text here. */
  AMBIGUOUS_SCALAR(false),
  MISSING_KEY(true),
  UNKNOWN_KEY(true),
  WRONG_TYPE(true),
  /** A value of the right type that is not one of those allowed. */
  WRONG_VALUE(true),
  /** A value that the property does not know; it is passed over, or passed on as it is. */
  UNKNOWN_VALUE(false),
  FORMAT_VERSION(true),
  INVALID_NAME(true),
  DUPLICATE_NAME(true),
  CASE_ONLY_NAMES(false),
  UNKNOWN_ACTION(true),
  /** A nested template that is in no catalogue at hand; it may be in one where the template runs. */
  UNKNOWN_TEMPLATE(false),
  UNKNOWN_PROPERTY(false),
  /** A value for a parameter that the called template does not declare; it is passed over. */
  UNKNOWN_PARAMETER(false),
  /** A called template declares a parameter without default, and the task gives no value; the task fails. */
  MISSING_PARAMETER(false),
  /** A value, written out, that the called template does not allow; the task fails. */
  WRONG_PARAMETER(false),
  UNKNOWN_FUNCTION(true),
  FUNCTION_ARGUMENTS(true),
  UNKNOWN_REFERENCE(true),
  /** The case of a reference differs from the declaration's. */
  REFERENCE_CASE(false),
  UNDECLARED_OUTPUT(false),
  /** An aggregate of an output that the task does not declare; its elements are null. */
  UNKNOWN_AGGREGATE_FIELD(false),
  FORWARD_REFERENCE(true),
  /** Braces that hold no reference; left as text. */
  NOT_A_REFERENCE(false),
  LOOP_ITEM_OUTSIDE_LOOP(true),
  INVALID_SELECTOR(true),
  INVALID_CONDITION(true),
  CYCLE(true),
  UNKNOWN_TARGET(true),
  LOOP_NOT_ALLOWED(true),
  INVALID_DEFAULT(true),
  INVALID_CONSTRAINT(true),
  TRIGGER_POSITION(true),
  MISSING_RAM_ROLE(false),
  UNUSED_PARAMETER(false),
  UNREACHABLE_TASK(false),
  TOO_MANY_TASKS(true);

  private final boolean error;

  Fault(boolean error) {
    this.error = error;
  }

  /** Whether a template that has it cannot be started; otherwise it is a warning. */
  public boolean isError() {
    return error;
  }

  /** {@code unknown-action}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
