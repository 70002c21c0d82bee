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
import org.jspecify.annotations.Nullable;

/**
 * Takes one intended call to its end by its effect class: again when that is harmless, never twice on a guess when it is
 * not (design, section 4).
 */
final class Calls {
  /** Tries of one effect, the first included. */
  private static final int MOST_TRIES = 6;

  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final String TOKEN = "ClientToken";

  private final Means means;
  private final Ledger ledger;
  private final Journal journal;
  private final Flights flights;
  private final People people;

  /** Where a call stands: blocked, or over with a reply, or to be asked for again (no reply). */
  record Settled(boolean isBlocked, @Nullable Reply reply) {
    static final Settled BLOCKED = new Settled(true, null);
    static final Settled ASK_AGAIN = new Settled(false, null);
  }

  Calls(Means means, Ledger ledger, Journal journal, Flights flights, People people) {
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
    this.flights = flights;
    this.people = people;
  }

  /** Makes an action's wish an intent, ready to be sent. */
  void begin(TaskPath at, TaskExecution run, Outcome.Call wish, Turn turn) {
    Effect effect = effect(wish.request());
    TaskExecution next = run.remembering(wish.state());
    if (effect.effectClass() == EffectClass.READ) {
      Call call = run.call() == null ? Call.read(turn.now()) : run.call();
      ledger.put(next.calling(call));
      perform(at, run.path(), wish.request(), EffectClass.READ, turn);
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
    if (call.notBefore() != null) {
      if (turn.now().isBefore(call.notBefore())) {
        turn.wake(call.notBefore());
        return Settled.BLOCKED;
      }
      return call.request() == null ? Settled.ASK_AGAIN : send(at, run, call, call.request(), turn);
    }
    if (call.request() == null) {
      return Settled.ASK_AGAIN;
    }
    // the intent is durable and this worker did not send it: whoever did is gone
    if (effect(call.request()).effectClass() == EffectClass.ONCE) {
      return ask(run, call, call.request(), turn);
    }
    return send(at, run, call, call.request(), turn);
  }

  private Settled judge(TaskPath at, TaskExecution run, Call call, Reply reply, Turn turn) {
    ApiRequest request = call.request();
    if (request == null) {
      return judgeRead(run, call, reply, turn);
    }
    ledger.fact();
    if (!call.checking().isEmpty()) {
      return judgeCheck(at, run, call, request, reply, turn);
    }
    if (!(reply instanceof Reply.Refused refused)) {
      return over(run, reply);
    }
    ApiException error = refused.error();
    boolean mayTry = call.tries() < MOST_TRIES;
    EffectClass effectClass = effect(request).effectClass();
    return switch (error.verdict()) {
      case NOT_PROCESSED -> mayTry ? later(run, call, error, turn) : over(run, reply);
      case UNKNOWN ->
        switch (effectClass) {
          case ONCE -> ask(run, call, request, turn);
          case TOKEN -> mayTry ? later(run, call, error, turn) : ask(run, call, request, turn);
          case READ, DESIRED_STATE -> mayTry ? later(run, call, error, turn) : over(run, reply);
        };
      case FINAL -> {
        Effect.Converge converge = effect(request).converge();
        yield converge != null && converge.codes().contains(error.code())
            ? check(at, run, call, request, converge, error, turn)
            : over(run, reply);
      }
    };
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

  private Settled send(TaskPath at, TaskExecution run, Call call, ApiRequest request, Turn turn) {
    ledger.put(run.calling(call.again(turn.now())).running());
    perform(at, run.path(), request, effect(request).effectClass(), turn);
    return Settled.BLOCKED;
  }

  /** Reads the resource to learn whether the refusal means "already so". */
  private Settled check(
      TaskPath at,
      TaskExecution run,
      Call call,
      ApiRequest request,
      Effect.Converge converge,
      ApiException error,
      Turn turn) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("RegionId", request.regionId());
    parameters.putArray(converge.idTo()).add(request.parameters().path(converge.idFrom()));
    ApiRequest read =
        new ApiRequest(request.service(), converge.api(), request.regionId(), parameters, null);
    ledger.put(run.calling(call.checking(error.code())));
    perform(at, run.path(), read, EffectClass.READ, turn);
    return Settled.BLOCKED;
  }

  private Settled judgeCheck(
      TaskPath at, TaskExecution run, Call call, ApiRequest request, Reply reply, Turn turn) {
    Effect.Converge converge = effect(request).converge();
    String state = "";
    if (reply instanceof Reply.Answered answered && converge != null) {
      state = Convergence.state(answered.body(), converge);
      if (converge.done().contains(state)) {
        journal.info(run.path(), "task=" + run.name() + " " + request.name() + ": already so");
        return over(run, new Reply.Answered(JsonNodeFactory.instance.objectNode()));
      }
    }
    boolean isPassing = converge != null && converge.passing().contains(state);
    if (isPassing && call.tries() < 10 * MOST_TRIES) {
      ledger.put(run.calling(call.checking("").later(turn.now().plus(SETTLING))));
      turn.wake(turn.now().plus(SETTLING));
      return Settled.BLOCKED;
    }
    String found = state.isEmpty() ? "its state could not be read" : "it is " + state;
    return over(
        run,
        new Reply.Refused(new ApiException(
            request.name(), call.checking(), found, "", 403, ApiException.Verdict.FINAL, null)));
  }

  private Settled ask(TaskExecution run, Call call, ApiRequest request, Turn turn) {
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
        int group = call.group() + 1;
        String token = call.token().isEmpty() ? "" : token(run.path(), group);
        ApiRequest repeated = withToken(request, token);
        ledger.put(
            run.calling(Call.intended(repeated, token, group, turn.now())).running());
        perform(at, run.path(), repeated, effect(repeated).effectClass(), turn);
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
    turn.perform(new Turn.Ready.Api(path, request, ledger.frame(at).ramRole(), effectClass));
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
