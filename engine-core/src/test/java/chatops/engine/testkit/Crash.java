package chatops.engine.testkit;

/** The process ends here: no code of it runs any more. */
public final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  public Crash(String where) {
    super(where, null, false, false);
  }
}
