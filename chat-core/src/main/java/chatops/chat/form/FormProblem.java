package chatops.chat.form;

/**
 * What is wrong with a value. {@code form.wrong.<kind>} in lower case says it; never the value itself.
 *
 * @param expected what would be right: a number, a list of choices, a pattern; may be empty
 */
public record FormProblem(FormField field, Kind kind, String expected) {
  /** Kinds of problems. */
  public enum Kind {
    /** There is no value, and no default. */
    MISSING,
    NUMBER,
    FLAG,
    LIST,
    JSON,
    TARGETS,
    RATE,
    CHOICE,
    PATTERN,
    SHORT,
    LONG,
    FEW,
    MANY,
    SMALL,
    LARGE
  }
}
