package chatops.engine;

/**
 * What became of an order: pause, resume, retry, skip, or one of Debug mode.
 *
 * @param message what it is about, or why it was not taken
 */
public record OrderResult(State state, String message) {
  /** How it ended. */
  public enum State {
    /** Written; it is done with the next advance, which says in the log what came of it. */
    ACCEPTED,
    /** The same decision was taken before. */
    REPEATED,
    /** It makes no sense now; the message says why. */
    NOT_POSSIBLE,
    /** The execution has ended, and this cannot bring it back. */
    ENDED,
    UNKNOWN
  }
}
