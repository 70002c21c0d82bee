package chatops.engine.jq;

import java.util.Set;

/** Which first words of a selector are jq and not a field name written without its leading dot. */
final class Keywords {
  private static final Set<String> ALWAYS = Set.of(
      "if", "try", "reduce", "foreach", "def", "not", "null", "true", "false", "empty", "label",
      "import", "include");

  private Keywords() {}

  /** @param next the first character after the word and blanks, or empty */
  static boolean startsProgram(String word, String next) {
    return next.equals("(") || ALWAYS.contains(word);
  }
}
