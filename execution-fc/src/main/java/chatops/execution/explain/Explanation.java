package chatops.execution.explain;

/**
 * One error code in words, in one language.
 *
 * @param cause what happened
 * @param fix what to do next
 * @param action the RAM action that is missing, such as {@code ess:CompleteLifecycleAction}; empty unless a permission is
 * @param retry whether the same thing may work later
 */
public record Explanation(String code, String cause, String fix, String action, Retry retry) {

  /** What another try would come to. */
  public enum Retry {
    /** The same again. */
    NO,
    /** It may work then. */
    LATER,
    /** It never ran: another try repeats nothing. */
    SAFE
  }
}
