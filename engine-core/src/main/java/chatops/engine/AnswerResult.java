package chatops.engine;

import chatops.engine.execution.Question;
import org.jspecify.annotations.Nullable;

/** What an answer about an unknown outcome led to. {@code question} is its state; null when there is none. */
public record AnswerResult(State state, @Nullable Question question) {
  /** What happened. */
  public enum State {
    RECORDED,
    ALREADY_ANSWERED,
    /** Retry is offered only after {@code question.retryAfter()}. */
    TOO_EARLY,
    UNKNOWN
  }
}
