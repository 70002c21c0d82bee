package chatops.chat.command;

/**
 * What is wrong with what a person typed. {@code front.mistake.<kind>} in lower case says it.
 *
 * @param found the word in question
 * @param nearest the known word probably meant, empty when none is near
 * @param how how to say it right: a usage or an example
 */
public record Mistake(Kind kind, String found, String nearest, String how) implements Parsed {
  /** Kinds of mistakes. */
  public enum Kind {
    FAMILY,
    VERB,
    /** A verb of the design that this version does not have. */
    UNAVAILABLE,
    OPTION,
    OPTION_VALUE,
    OPTION_TWICE,
    ARGUMENTS,
    PARAMETER,
    QUOTE,
    CHARACTERS,
    TARGET,
    TARGETS_MIXED,
    /** No "on" between what is to be done and where. */
    ERRAND,
    /** Nothing behind the dashes. */
    SCRIPT,
    LONG
  }
}
