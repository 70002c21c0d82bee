package chatops.engine.execution;

import chatops.engine.cloud.ApiRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One intended effect of a task: the call it is about to make, or has made without knowing the outcome yet.
 *
 * @param request kept for mutating calls, so that a repetition under the same token is the same call; null for reads
 * @param token ClientToken that was put into the request; empty when the API takes none
 * @param group counts intended effects of the task; tries of one effect share it
 * @param tries how often it was sent
 * @param notBefore null when it may be sent at once
 * @param intendedAt when this try was intended
 * @param question id of the question people were asked; empty when none
 * @param checking why its resource is being read: the error it was refused with, or {@link #OUTCOME}; empty when it is not
 * @param firstAt when its first try was intended; null in rows of earlier versions
 * @param lookAt when its resource shall be read; null when it need not
 * @param looks how often it was read to learn the outcome
 * @param doubtedAt when its outcome was found unknown; null when it was not
 */
public record Call(
    @Nullable ApiRequest request,
    String token,
    int group,
    int tries,
    @Nullable Instant notBefore,
    Instant intendedAt,
    String question,
    String checking,
    @Nullable Instant firstAt,
    @Nullable Instant lookAt,
    int looks,
    @Nullable Instant doubtedAt) {

  /** Value of {@link #checking} while the outcome itself is looked for. */
  public static final String OUTCOME = "OutcomeUnknown";

  /** A read: nothing about it needs to be durable. */
  public static Call read(Instant at) {
    return new Call(null, "", 0, 0, null, at, "", "", at, null, 0, null);
  }

  /** An intent, durable with the next commit. */
  public static Call intended(ApiRequest request, String token, int group, Instant at) {
    return new Call(request, token, group, 0, null, at, "", "", at, null, 0, null);
  }

  /** Another effect in the place of this one, which certainly did not happen; what was looked for counts on. */
  public Call instead(ApiRequest changed, String newToken, int newGroup, Instant at) {
    return new Call(changed, newToken, newGroup, 0, null, at, "", "", at, null, looks, null);
  }

  /** When the effect was first intended. */
  public Instant since() {
    return firstAt == null ? intendedAt : firstAt;
  }

  public Call later(Instant at) {
    return with(tries, at, intendedAt, question, checking, null, looks);
  }

  public Call sent() {
    return with(tries + 1, null, intendedAt, question, checking, null, looks);
  }

  /** As if it had not been sent: it was certainly not processed, and waits for its turn. */
  public Call unsent(Instant at) {
    return with(Math.max(tries - 1, 0), at, intendedAt, question, checking, null, looks);
  }

  /** Whether it is known that no try had an effect. */
  public boolean isUnsent() {
    return tries == 0 && notBefore != null;
  }

  public Call asked(String id) {
    return with(tries, notBefore, intendedAt, id, checking, null, looks);
  }

  /** The same effect once more; where nobody noted what became of it, an earlier try may have left. */
  public Call again(Instant at) {
    int before = isUnsent() ? 0 : Math.max(tries, 1);
    return with(before, null, at, "", "", null, looks);
  }

  public Call checking(String error) {
    return with(tries, null, intendedAt, question, error, null, looks);
  }

  /** Its outcome is unknown. */
  public Call doubted(Instant at) {
    return doubtedAt != null
        ? this
        : new Call(
            request,
            token,
            group,
            tries,
            notBefore,
            intendedAt,
            question,
            checking,
            firstAt,
            lookAt,
            looks,
            at);
  }

  /** Its outcome shall be looked for at {@code at}. */
  public Call looking(Instant at) {
    return with(tries, null, intendedAt, "", OUTCOME, at, looks + 1);
  }

  private Call with(
      int newTries,
      @Nullable Instant newNotBefore,
      Instant newIntendedAt,
      String newQuestion,
      String newChecking,
      @Nullable Instant newLookAt,
      int newLooks) {
    return new Call(
        request,
        token,
        group,
        newTries,
        newNotBefore,
        newIntendedAt,
        newQuestion,
        newChecking,
        firstAt,
        newLookAt,
        newLooks,
        doubtedAt);
  }
}
