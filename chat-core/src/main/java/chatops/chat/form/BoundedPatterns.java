package chatops.chat.form;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions of templates against what people type, given up after so many looks at a character: an expression that would
 * take the rest of the day is the engine's to judge. Thread-safe.
 */
final class BoundedPatterns {
  private static final int LOOKS = 200_000;
  private static final int KEPT = 1000;

  private final ConcurrentMap<String, Pattern> compiled = new ConcurrentHashMap<>();

  /** @return true also where it cannot be told, so that the engine decides */
  boolean matches(String pattern, String text) {
    try {
      Pattern known = compiled.get(pattern);
      if (known == null) {
        known = Pattern.compile(pattern);
        if (compiled.size() < KEPT) {
          compiled.put(pattern, known);
        }
      }
      return known.matcher(new Counted(text, new int[] {LOOKS})).matches();
    } catch (PatternSyntaxException | GivenUp | StackOverflowError e) {
      return true;
    }
  }

  private static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
      super("too many looks", null, false, false);
    }
  }

  private record Counted(CharSequence text, int[] left) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new GivenUp();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
