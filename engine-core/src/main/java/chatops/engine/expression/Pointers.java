package chatops.engine.expression;

/** JSON pointers, by which a value is found in a template. */
public final class Pointers {
  private Pointers() {}

  /** {@code key} as one segment. */
  public static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
