package chatops.engine.jq;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Selectors may be written without the dot that jq wants before a field (specification 11.1). */
final class LeadingDot {
  private static final Pattern FIRST_WORD =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*(.?)", Pattern.DOTALL);

  private static final Set<String> KEYWORDS = Set.of(
      "if", "try", "reduce", "foreach", "def", "not", "null", "true", "false", "empty", "label",
      "import", "include");

  private final Predicate<String> isFunction;

  /** @param isFunction whether {@code name/arity} can be called */
  LeadingDot(Predicate<String> isFunction) {
    this.isFunction = isFunction;
  }

  /**
   * The selector as a program: a first word is a field unless it is a keyword, is called with arguments, or is a function
   * without arguments that something other than a path follows.
   */
  String added(String selector) {
    Matcher first = FIRST_WORD.matcher(selector);
    if (!first.lookingAt()) {
      return selector;
    }
    String word = first.group(1);
    String next = first.group(2);
    boolean isPath = next.isEmpty() || next.equals(".") || next.equals("[") || next.equals("?");
    boolean isProgram =
        KEYWORDS.contains(word) || next.equals("(") || (!isPath && isFunction.test(word + "/0"));
    return isProgram ? selector : "." + selector;
  }
}
