package chatops.chat.render;

/** Shortens text to a platform's limit without breaking a character; what was cut shows as {@code …}. */
public final class Cut {
  private Cut() {}

  public static String to(int limit, String text) {
    return text.length() <= limit ? text : head(limit - 1, text) + "…";
  }

  /** Keeps the end, where the error usually is. */
  static String tail(int limit, String text) {
    if (text.length() <= limit) {
      return text;
    }
    int from = text.length() - limit + 1;
    return "…" + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
  }

  private static String head(int length, String text) {
    boolean split = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, split ? length - 1 : length);
  }
}
