package chatops.engine.run;

import chatops.engine.action.Outcome;
import chatops.engine.action.Reply;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.effect.Effect;
import chatops.engine.effect.EffectClass;
import chatops.engine.execution.Call;
import chatops.engine.execution.Question;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes one intended call to its end by its effect class: again when that is harmless, never twice on a guess when it is
 * not (design, section 4).
 */
final class Calls {
  /** Tries of one effect, the first included. */
  private static final int MOST_TRIES = 6;

  private static final String TOKEN = "ClientToken";

  private final Means means;
  private final Ledger ledger;
  private final Journal journal;
  private final Flights flights;
  private final People people;
  private final Looks looks;
  private final Holding holding;
  private final Pacing pacing;
  private final Room room;

  /** Where a call stands: blocked, or over with a reply, or to be asked for again (no reply). */
  record Settled(boolean isBlocked, @Nullable Reply reply) {
    static final Settled BLOCKED = new Settled(true, null);
    static final Settled ASK_AGAIN = new Settled(false, null);
  }

  Calls(
      Means means,
      Ledger ledger,
      Journal journal,
      Flights flights,
      People people,
      Holding holding,
      Pacing pacing) {
    this.holding = holding;
    this.pacing = pacing;
    this.room = new Room(ledger);
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
    this.flights = flights;
    this.people = people;
    this.looks = new Looks(means, ledger, journal, pacing);
  }

  /** Makes an action's wish an intent, ready to be sent. */
  void begin(TaskPath at, TaskExecution run, Outcome.Call wish, Turn turn) {
    if (!pacing.admits(run.path(), wish.request(), ledger.frame(at).ramRole(), turn)) {
      return;
    }
    Effect effect = effect(wish.request());
    TaskExecution next = run.remembering(wish.state());
    if (effect.effectClass() == EffectClass.READ) {
      Call call = run.call() == null ? Call.read(turn.now()) : run.call();
      ledger.put(next.calling(call));
      perform(at, run.path(), wish.request(), EffectClass.READ, turn);
      return;
    }
    if (!holding.permits(run, turn)) {
      return;
    }
    // calls settled so far name the effect: a crash before the commit finds the same number, and
    // the same token
    int group = run.calls();
    String token = effect.effectClass() == EffectClass.TOKEN ? token(run.path(), group) : "";
    ApiRequest request = withToken(wish.request(), token);
    ledger.put(next.calling(Call.intended(request, token, group, turn.now())));
    perform(at, run.path(), request, effect.effectClass(), turn);
  }

  Settled settle(TaskPath at, TaskExecution run, Call call, Turn turn) {
    Reply arrived = flights.take(run.path());
    if (arrived != null) {
      return judge(at, run, call, arrived, turn);
    }
    if (!call.question().isEmpty()) {
      return answered(at, run, call, turn);
    }
    if (call.lookAt() != null && turn.now().isBefore(call.lookAt())) {
      turn.wake(call.lookAt());
      return Settled.BLOCKED;
    }
    ApiRequest request = call.request();
    if (request != null && call.checking().equals(Call.OUTCOME)) {
      return looks.outcome(at, run, call, request, turn)
          ? Settled.BLOCKED
          : ask(run, call, request, turn);
    }
    if (call.notBefore() != null && turn.now().isBefore(call.notBefore())) {
      turn.wake(call.notBefore());
      return Settled.BLOCKED;
    }
    return request == null ? Settled.ASK_AGAIN : resume(at, run, call, request, turn);
  }

  /**
   * Sends an intent once more, if its class still allows that. An intent that is durable and waits for no time was sent by a
   * worker that is gone.
   */
  private Settled resume(TaskPath at, TaskExecution run, Call call, ApiRequest request, Turn turn) {
    Settings settings = means.settings();
    boolean isOrphan = call.notBefore() == null;
    boolean isDoubtful = !call.isUnsent()
        && switch (effect(request).effectClass()) {
          case ONCE -> isOrphan;
          case TOKEN -> turn.now().isAfter(call.since().plus(settings.tokenLife()));
          case DESIRED_STATE -> turn.now().isAfter(call.intendedAt().plus(settings.staleAfter()));
          case READ -> false;
        };
    if (isDoubtful) {
      return doubt(run, call, request, turn);
    }
    return pacing.admits(run.path(), request, ledger.frame(at).ramRole(), turn)
        ? send(at, run, call, request, turn)
        : Settled.BLOCKED;
  }

  /** The outcome is unknown and the call must not be sent on a guess: look, or ask. */
  private Settled doubt(TaskExecution run, Call call, ApiRequest request, Turn turn) {
    return looks.arrange(run, call, effect(request), turn)
        ? Settled.BLOCKED
        : ask(run, call, request, turn);
  }

  private Settled judge(TaskPath at, TaskExecution run, Call call, Reply reply, Turn turn) {
    ApiRequest request = call.request();
    if (isSlowed(run, call, reply, turn)) {
      return slowed(run, call, ((Reply.Refused) reply).error(), turn);
    }
    if (request == null) {
      return judgeRead(run, call, reply, turn);
    }
    ledger.fact();
    if (call.checking().equals(Call.OUTCOME)) {
      return judgeLook(at, run, call, request, reply, turn);
    }
    if (!call.checking().isEmpty()) {
      boolean mayWait = call.tries() < 10 * MOST_TRIES;
      Looks.Found found = looks.judgeRefusal(run, call, request, reply, mayWait, turn);
      if (found.reply() == null) {
        return Settled.BLOCKED;
      }
      // where the resource cannot be read, an earlier try is believed to have done it
      return reply instanceof Reply.Refused && isDoneBefore(call, request, call.checking())
          ? doneBefore(run, request)
          : over(run, found.reply());
    }
    if (!(reply instanceof Reply.Refused refused)) {
      return over(run, reply);
    }
    ApiException error = refused.error();
    boolean mayTry = call.tries() < MOST_TRIES;
    EffectClass effectClass = effect(request).effectClass();
    return switch (error.verdict()) {
      case NOT_PROCESSED, THROTTLED -> mayTry ? later(run, call, error, turn) : over(run, reply);
      case UNKNOWN ->
        switch (effectClass) {
          case ONCE -> doubt(run, call, request, turn);
          case TOKEN -> mayTry ? later(run, call, error, turn) : doubt(run, call, request, turn);
          case READ, DESIRED_STATE -> mayTry ? later(run, call, error, turn) : over(run, reply);
        };
      case FINAL -> judgeFinal(at, run, call, request, refused, turn);
    };
  }

  /** A refusal may mean that the resource is as wanted already, or that an earlier try made it so. */
  private Settled judgeFinal(
      TaskPath at,
      TaskExecution run,
      Call call,
      ApiRequest request,
      Reply.Refused refused,
      Turn turn) {
    Effect effect = effect(request);
    String code = refused.error().code();
    boolean isTelling = effect.reading() != null && effect.reading().codes().contains(code);
    if (isTelling && looks.refused(at, run, call, request, code, turn)) {
      return Settled.BLOCKED;
    }
    return isDoneBefore(call, request, code) ? doneBefore(run, request) : over(run, refused);
  }

  private boolean isDoneBefore(Call call, ApiRequest request, String code) {
    return call.tries() > 1 && effect(request).alreadySo().contains(code);
  }

  private Settled doneBefore(TaskExecution run, ApiRequest request) {
    journal.info(run.path(), "task=" + run.name() + " " + request.name() + ": done before");
    return over(run, new Reply.Answered(JsonNodeFactory.instance.objectNode()));
  }

  private Settled judgeLook(
      TaskPath at, TaskExecution run, Call call, ApiRequest request, Reply reply, Turn turn) {
    Looks.Found found = looks.judge(run, call, request, reply, turn);
    return switch (found.known()) {
      case HAPPENED -> over(run, reply(found));
      case LATER -> Settled.BLOCKED;
      case UNKNOWN -> ask(run, call, request, turn);
      // a person may have undone on purpose what is wanted here: only what needs no state is sent
      // again
      case ABSENT ->
        effect(request).effectClass() == EffectClass.DESIRED_STATE
            ? ask(run, call, request, turn)
            : afresh(at, run, call, request, turn);
    };
  }

  private static Reply reply(Looks.Found found) {
    return found.reply() == null
        ? new Reply.Answered(JsonNodeFactory.instance.objectNode())
        : found.reply();
  }

  /** The earlier call certainly did not happen: a new effect takes its place. */
  private Settled afresh(TaskPath at, TaskExecution run, Call call, ApiRequest request, Turn turn) {
    int group = call.group() + 1;
    String token = call.token().isEmpty() ? "" : token(run.path(), group);
    ApiRequest repeated = withToken(request, token);
    ledger.put(run.calling(call.instead(repeated, token, group, turn.now())).running());
    perform(at, run.path(), repeated, effect(repeated).effectClass(), turn);
    return Settled.BLOCKED;
  }

  private Settled judgeRead(TaskExecution run, Call call, Reply reply, Turn turn) {
    boolean mayTry = reply instanceof Reply.Refused refused
        && refused.error().verdict() != ApiException.Verdict.FINAL
        && call.tries() < MOST_TRIES;
    return mayTry ? later(run, call, ((Reply.Refused) reply).error(), turn) : over(run, reply);
  }

  private Settled over(TaskExecution run, Reply reply) {
    ledger.put(run.calling(null).running());
    return new Settled(false, reply);
  }

  private Settled later(TaskExecution run, Call call, ApiException error, Turn turn) {
    Duration delay = backoff(run.path(), call.tries());
    ledger.put(run.calling(call.later(turn.now().plus(delay))));
    turn.wake(turn.now().plus(delay));
    journal.warn(
        run.path(),
        "task=" + run.name() + " attempt=" + call.tries() + " " + error.getMessage() + "; again in "
            + delay.toMillis() + " ms");
    return Settled.BLOCKED;
  }

  /** 1, 2, 4, 8, 16 s, each shortened by up to half; the jitter is derived, so that a replay waits alike. */
  private Duration backoff(TaskPath path, int tries) {
    long full = 1000L << Math.min(Math.max(tries - 1, 0), 4);
    String seed = Digest.of(ledger.execution().id().value(), path.value(), String.valueOf(tries));
    long jitter = Long.parseLong(seed.substring(0, 8), 16) % (full / 2);
    return Duration.ofMillis(full - jitter);
  }

  /** Whether the call was refused for the time being only, and its answer leaves no doubt about what to do. */
  private boolean isSlowed(TaskExecution run, Call call, Reply reply, Turn turn) {
    if (!(reply instanceof Reply.Refused refused)
        || !refused.error().isOverload()
        || !call.checking().isEmpty()
        || !pacing.isPaced(run.path())
        || turn.now().isAfter(call.since().plus(means.settings().patience()))) {
      return false;
    }
    return refused.error().verdict() == ApiException.Verdict.THROTTLED
        || call.request() == null
        || effect(call.request()).effectClass() != EffectClass.ONCE;
  }

  /** Too many calls is nobody's failure: the task waits for its turn, however often it is refused. */
  private Settled slowed(TaskExecution run, Call call, ApiException error, Turn turn) {
    boolean isUnsent = error.verdict() != ApiException.Verdict.UNKNOWN;
    Instant at = turn.now();
    if (!pacing.refused(run.path(), error, turn)) {
      at = at.plus(backoff(run.path(), run.calls()));
      turn.wake(at);
    }
    ledger.put(run.calling(isUnsent ? call.unsent(at) : call.later(at)));
    journal.warn(
        run.path(),
        "task=" + run.name() + " attempt=" + run.calls() + " " + error.getMessage()
            + "; waits its turn");
    return Settled.BLOCKED;
  }

  private Settled send(TaskPath at, TaskExecution run, Call call, ApiRequest request, Turn turn) {
    if (call.isUnsent() && ledger.isDurable(run.path())) {
      // nobody may read later that it was not sent
      ledger.fact();
    }
    ledger.put(run.calling(call.again(turn.now())).running());
    perform(at, run.path(), request, effect(request).effectClass(), turn);
    return Settled.BLOCKED;
  }

  private Settled ask(TaskExecution run, Call call, ApiRequest request, Turn turn) {
    if (!room.hasRoomForQuestion()) {
      // it stands as it is until some are answered
      turn.people(WaitingStatus.OUTCOME);
      return Settled.BLOCKED;
    }
    String id = "oq"
        + Digest.id(
            ledger.execution().id().value(), run.path().value(), String.valueOf(call.group()));
    String query = effect(request).query();
    people.question(run, id, request.name(), query, turn);
    ledger.put(run.calling(call.asked(id)).waiting(WaitingStatus.OUTCOME, null));
    turn.people(WaitingStatus.OUTCOME);
    return Settled.BLOCKED;
  }

  private Settled answered(TaskPath at, TaskExecution run, Call call, Turn turn) {
    Question question = people.asked(call.question());
    if (question == null || question.answer() == null) {
      turn.people(WaitingStatus.OUTCOME);
      return Settled.BLOCKED;
    }
    ledger.fact();
    String by = question.answeredBy() == null ? "" : question.answeredBy().name();
    ApiRequest request = call.request();
    switch (question.answer()) {
      case RETRY -> {
        if (request == null) {
          return Settled.ASK_AGAIN;
        }
        return afresh(at, run, call, request, turn);
      }
      case SKIP -> {
        ledger.put(run.succeeded(JsonNodeFactory.instance.objectNode(), null, turn.now()));
        journal.info(run.path(), "task=" + run.name() + " status=Success skipped by " + by);
      }
      case STOP ->
        ledger.put(run.ended(
            TaskStatus.FAILED,
            "OutcomeUnknown",
            question.call() + ": outcome unknown, stopped by " + by,
            turn.now()));
    }
    return Settled.BLOCKED;
  }

  private void perform(
      TaskPath at, TaskPath path, ApiRequest request, EffectClass effectClass, Turn turn) {
    String role = ledger.frame(at).ramRole();
    pacing.wants(path, request, role);
    turn.perform(new Turn.Ready.Api(path, request, role, effectClass));
  }

  private Effect effect(ApiRequest request) {
    String method = request.roa() == null ? "" : request.roa().method();
    return means.effects().effect(request.service(), request.api(), method);
  }

  private String token(TaskPath path, int group) {
    return Digest.of(ledger.execution().id().value(), path.value(), String.valueOf(group));
  }

  /** A template that gives its own token is taken at its word. */
  private static ApiRequest withToken(ApiRequest request, String token) {
    ObjectNode parameters = request.parameters().deepCopy();
    String given = parameters.path(TOKEN).asText("");
    boolean isOurs = given.length() == 64;
    if (token.isEmpty() || (!given.isEmpty() && !isOurs)) {
      return request;
    }
    parameters.put(TOKEN, token);
    return new ApiRequest(
        request.service(), request.api(), request.regionId(), parameters, request.roa());
  }
}
