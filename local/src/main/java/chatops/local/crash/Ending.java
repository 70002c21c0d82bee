package chatops.local.crash;

import chatops.engine.effect.EffectClass;
import chatops.engine.execution.Question;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a round came out.
 *
 * @param status of the execution that was wished for, as OOS spells it; empty when it never came to be
 * @param landed everything that really happened
 * @param asked calls whose outcome people were asked about
 * @param hooks bodies of web hook messages
 * @param told how often the end was told
 * @param stuck why the round stood still before everything had ended; empty when it did not
 */
record Ending(
    String status,
    String message,
    @Nullable JsonNode outputs,
    Instant at,
    List<Landed> landed,
    List<Asked> asked,
    Set<String> hooks,
    int told,
    Set<String> watched,
    String stuck,
    List<Boundary> passed,
    List<Boundary> cuts) {

  /** One question, and what was answered. */
  record Asked(String call, EffectClass effectClass, Question.Answer answer) {}

  boolean hasSkipped() {
    return asked.stream().anyMatch(a -> a.answer() == Question.Answer.SKIP);
  }
}
