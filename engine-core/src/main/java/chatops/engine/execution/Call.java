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
 * @param question id of the question people were asked; empty when none
 * @param checking the error a desired-state call was refused with while its resource is being read; empty when none
 */
public record Call(
    @Nullable ApiRequest request,
    String token,
    int group,
    int tries,
    @Nullable Instant notBefore,
    Instant intendedAt,
    String question,
    String checking) {

  /** A read: nothing about it needs to be durable. */
  public static Call read(Instant at) {
    return new Call(null, "", 0, 0, null, at, "", "");
  }

  /** An intent, durable with the next commit. */
  public static Call intended(ApiRequest request, String token, int group, Instant at) {
    return new Call(request, token, group, 0, null, at, "", "");
  }

  public Call later(Instant at) {
    return new Call(request, token, group, tries, at, intendedAt, question, checking);
  }

  public Call sent() {
    return new Call(request, token, group, tries + 1, null, intendedAt, question, checking);
  }

  public Call asked(String id) {
    return new Call(request, token, group, tries, notBefore, intendedAt, id, checking);
  }

  /** The same effect once more. */
  public Call again(Instant at) {
    return new Call(request, token, group, tries, null, at, "", "");
  }

  public Call checking(String error) {
    return new Call(request, token, group, tries, null, intendedAt, question, error);
  }
}
