package chatops.engine.extension;

import chatops.engine.policy.Glob;
import java.util.regex.Pattern;

/**
 * A value that the scripts of an extension are given, as a variable of its name.
 *
 * @param pattern in which {@code *} stands for any characters; empty = any value
 * @param initial the value where none is given
 * @param isNeeded whether one must be given
 */
public record PackageParameter(
    Type type, String description, String pattern, String initial, boolean isNeeded) {
  private static final int LONGEST = 2000;
  private static final Pattern NUMBER_TEXT =
      Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");

  /** What values are. */
  public enum Type {
    STRING("String"),
    NUMBER("Number"),
    BOOLEAN("Boolean");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** As packages spell it. */
    public String text() {
      return text;
    }
  }

  /** Whether it can have this value. */
  public boolean accepts(String value) {
    if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
      return false;
    }
    boolean isTyped = switch (type) {
      case STRING -> true;
      case NUMBER -> NUMBER_TEXT.matcher(value).matches();
      case BOOLEAN -> value.equals("true") || value.equals("false");
    };
    return isTyped && (pattern.isEmpty() || new Glob(pattern).matches(value));
  }

  /** For people: what was expected instead. */
  String expected() {
    return "a " + type.text() + (pattern.isEmpty() ? "" : " like " + pattern);
  }
}
