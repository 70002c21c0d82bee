package chatops.engine.run;

import chatops.engine.action.Reply;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.effect.Effect;
import chatops.engine.effect.EffectClass;
import chatops.engine.effect.Reading;
import chatops.engine.execution.Call;
import chatops.engine.execution.TaskExecution;
import chatops.engine.id.TaskPath;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a call's resource by the read the catalogue declares: to learn whether a refusal means "already so", or what became
 * of a call whose answer is lost (design, section 4).
 */
final class Looks {
  /** Looks for one outcome before people are asked. */
  static final int MOST = 20;

  private static final Duration SETTLING = Duration.ofSeconds(5);

  private final Means means;
  private final Ledger ledger;
  private final Journal journal;
  private final Pacing pacing;

  /** What is known after a look. */
  enum Known {
    /** Count it as done. */
    HAPPENED,
    /** Nothing of it is to be seen: it may be sent again. */
    ABSENT,
    /** Another look is arranged. */
    LATER,
    UNKNOWN
  }

  /** @param reply stands for the answer that was lost; only when it happened */
  record Found(Known known, @Nullable Reply reply) {}

  Looks(Means means, Ledger ledger, Journal journal, Pacing pacing) {
    this.pacing = pacing;
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
  }

  /** Looks at once, because of a refusal. @return false when the read cannot be made for this call */
  boolean refused(
      TaskPath at, TaskExecution run, Call call, ApiRequest request, String code, Turn turn) {
    return look(at, run, call.checking(code), request, turn);
  }

  /**
   * Arranges a look for the outcome, at once: what happened may be seen already. That nothing happened is believed only when a
   * lost call cannot land any more.
   *
   * @return false when no read is declared, or enough were made
   */
  boolean arrange(TaskExecution run, Call call, Effect effect, Turn turn) {
    if (effect.reading() == null || call.looks() >= MOST) {
      return false;
    }
    ledger.put(run.calling(call.doubted(turn.now()).looking(turn.now())).running());
    turn.wake(turn.now());
    journal.warn(
        run.path(),
        "task=" + run.name() + " call=" + effect.api() + " outcome unknown; looking: "
            + effect.query());
    return true;
  }

  /** The look that was arranged. */
  boolean outcome(TaskPath at, TaskExecution run, Call call, ApiRequest request, Turn turn) {
    Optional<ApiRequest> read = read(call, request);
    return read.isPresent()
        && (!pacing.admits(run.path(), read.get(), ledger.frame(at).ramRole(), turn)
            || look(at, run, call.checking(Call.OUTCOME), request, turn));
  }

  private Optional<ApiRequest> read(Call call, ApiRequest request) {
    Reading reading = effect(request).reading();
    return reading == null
        ? Optional.empty()
        : reading.request(request, origin(), call.intendedAt(), means.settings().skew());
  }

  private boolean look(TaskPath at, TaskExecution run, Call call, ApiRequest request, Turn turn) {
    Optional<ApiRequest> read = read(call, request);
    if (read.isEmpty()) {
      return false;
    }
    ledger.put(run.calling(call).running());
    turn.perform(
        new Turn.Ready.Api(run.path(), read.get(), ledger.frame(at).ramRole(), EffectClass.READ));
    return true;
  }

  /** What the answer of a look for an outcome tells. */
  Found judge(TaskExecution run, Call call, ApiRequest request, Reply reply, Turn turn) {
    Reading.Seen seen = seen(call, request, reply);
    journal.info(
        run.path(), "task=" + run.name() + " call=" + request.name() + " looked: " + seen.words());
    return switch (seen.verdict()) {
      case HAPPENED -> new Found(Known.HAPPENED, new Reply.Answered(seen.reply()));
      case ABSENT -> {
        Instant landed = landed(call, turn);
        yield new Found(
            turn.now().isBefore(landed) ? later(run, call, landed, turn) : Known.ABSENT, null);
      }
      case WAIT -> new Found(later(run, call, pace(call, turn), turn), null);
      case UNKNOWN ->
        new Found(
            isPassing(reply) ? later(run, call, pace(call, turn), turn) : Known.UNKNOWN, null);
    };
  }

  /** From then on the call has had its effect or never will. */
  private Instant landed(Call call, Turn turn) {
    Instant doubted = call.doubtedAt() == null ? turn.now() : call.doubtedAt();
    return doubted.plus(means.settings().callTimeout()).plus(means.settings().skew());
  }

  /** 1, 2, 4 … 64 s. */
  private static Instant pace(Call call, Turn turn) {
    return turn.now().plusSeconds(1L << Math.min(Math.max(call.looks() - 1, 0), 6));
  }

  private Known later(TaskExecution run, Call call, Instant at, Turn turn) {
    if (call.looks() >= MOST) {
      return Known.UNKNOWN;
    }
    ledger.put(run.calling(call.looking(at)));
    turn.wake(at);
    return Known.LATER;
  }

  /** What the answer of a look after a refusal tells; {@code mayWait} while waiting out a state may help. */
  Found judgeRefusal(
      TaskExecution run, Call call, ApiRequest request, Reply reply, boolean mayWait, Turn turn) {
    Reading.Seen seen = seen(call, request, reply);
    if (seen.verdict() == Reading.Verdict.HAPPENED) {
      journal.info(run.path(), "task=" + run.name() + " " + request.name() + ": already so");
      return new Found(Known.HAPPENED, new Reply.Answered(seen.reply()));
    }
    if ((seen.verdict() == Reading.Verdict.WAIT || isPassing(reply)) && mayWait) {
      Instant at = turn.now().plus(SETTLING);
      ledger.put(run.calling(call.checking("").later(at)));
      turn.wake(at);
      return new Found(Known.LATER, null);
    }
    String words = seen.words().isEmpty() ? "its state could not be read" : seen.forPeople();
    return new Found(
        Known.UNKNOWN,
        new Reply.Refused(new ApiException(
            request.name(), call.checking(), words, "", 403, ApiException.Verdict.FINAL, null)));
  }

  private Reading.Seen seen(Call call, ApiRequest request, Reply reply) {
    Reading reading = effect(request).reading();
    if (reading != null && reply instanceof Reply.Answered answered) {
      return reading.seen(
          request, origin(), call.intendedAt(), means.settings().skew(), answered.body());
    }
    String words = reply instanceof Reply.Refused refused ? refused.error().code() : "";
    return new Reading.Seen(Reading.Verdict.UNKNOWN, words, JsonNodeFactory.instance.objectNode());
  }

  private static boolean isPassing(Reply reply) {
    return reply instanceof Reply.Refused refused
        && refused.error().verdict() != ApiException.Verdict.FINAL;
  }

  private Map<String, String> origin() {
    return ledger.execution().request().origin();
  }

  private Effect effect(ApiRequest request) {
    String method = request.roa() == null ? "" : request.roa().method();
    return means.effects().effect(request.service(), request.api(), method);
  }
}
