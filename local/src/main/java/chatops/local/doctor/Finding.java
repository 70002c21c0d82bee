package chatops.local.doctor;

/**
 * What one check found.
 *
 * @param fix what to do about it; empty where there is nothing to do
 */
public record Finding(Grade grade, String subject, String found, String fix) {
  /** How bad it is. */
  public enum Grade {
    GOOD("ok  "),
    /** Works, but not as well as it could; or not looked at. */
    NOTE("note"),
    BAD("BAD ");

    private final String word;

    Grade(String word) {
      this.word = word;
    }
  }

  static Finding good(String subject, String found) {
    return new Finding(Grade.GOOD, subject, found, "");
  }

  static Finding note(String subject, String found, String fix) {
    return new Finding(Grade.NOTE, subject, found, fix);
  }

  static Finding bad(String subject, String found, String fix) {
    return new Finding(Grade.BAD, subject, found, fix);
  }

  @Override
  public String toString() {
    return grade.word + "  " + subject + ": " + found + (fix.isEmpty() ? "" : "\n      -> " + fix);
  }
}
