package chatops.engine.execution;

import chatops.engine.id.TaskPath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call whose outcome is unknown and that must not be sent again on a guess; a person answers.
 *
 * @param call the API in words, e.g. {@code ECS.RebootInstance}
 * @param query a read that shows what happened
 * @param retryAfter before this instant a lost call may still land, so RETRY is refused
 * @param answer null while open
 */
public record Question(
    String id,
    TaskPath path,
    String task,
    String call,
    String query,
    Instant sentAt,
    Instant retryAfter,
    @Nullable Answer answer,
    @Nullable Person answeredBy) {

  /** What the person decides. */
  public enum Answer {
    /** Send it again: it did not happen. */
    RETRY,
    /** Go on as if it had succeeded, without outputs: it happened. */
    SKIP,
    /** The task fails. */
    STOP
  }

  Question answered(Answer with, Person by) {
    return new Question(id, path, task, call, query, sentAt, retryAfter, with, by);
  }
}
