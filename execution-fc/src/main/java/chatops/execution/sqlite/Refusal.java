package chatops.execution.sqlite;

import java.io.Serial;

/** Takes back what a write has written so far; its answer is then given to the caller. */
final class Refusal extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final transient Object answer;

  Refusal(Object answer) {
    super("refused: " + answer, null, false, false);
    this.answer = answer;
  }

  Object answer() {
    return answer;
  }
}
