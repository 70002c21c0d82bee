package chatops.engine.run;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.effect.Effect;
import chatops.engine.effect.EffectClass;
import chatops.engine.execution.Call;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.TaskExecution;
import java.time.Instant;

/** Sends what a walk found ready, after committing what that needs (design, section 4: commit rule). */
final class Sending {
  private final Means means;
  private final Ledger ledger;
  private final Flights flights;
  private final Courier courier;
  private final Tenure tenure;
  private final Witness witness;
  private final Instant deadline;
  private boolean hasSent;

  Sending(
      Means means,
      Ledger ledger,
      Flights flights,
      Courier courier,
      Tenure tenure,
      Witness witness,
      Instant deadline) {
    this.means = means;
    this.ledger = ledger;
    this.flights = flights;
    this.courier = courier;
    this.tenure = tenure;
    this.witness = witness;
    this.deadline = deadline;
  }

  /** Whether anything left since this worker began. */
  boolean hasSent() {
    return hasSent;
  }

  /** @return false when there is no time left for it */
  boolean send(Turn turn) {
    if (turn.ready().isEmpty()) {
      return true;
    }
    boolean isHeld = ledger.execution().isHeld();
    if (isHeld || now().plus(means.settings().callTimeout()).isAfter(deadline)) {
      turn.ready().forEach(this::withdraw);
      return false;
    }
    turn.ready().forEach(effect -> witness.leaving(effect, turn.now()));
    if (mustCommit(turn)) {
      ledger.commit();
      if (isMutating(turn) && !tenure.outlivesCall()) {
        // the commit itself took long
        tenure.renew();
        ledger.commit();
      }
      if (isStopped(ledger.execution())) {
        turn.ready().forEach(this::withdraw);
        return true;
      }
    }
    boolean isAll = isAll(turn);
    int calls = 0;
    for (Turn.Ready effect : turn.ready()) {
      calls += depart(effect);
    }
    hasSent = true;
    ledger.apply(new Event.Called(calls));
    turn.ready().forEach(effect -> dispatch(effect, isAll));
    return true;
  }

  /** Whether the worker has nothing but one effect to wait for: then no second thread is needed for it. */
  private boolean isAll(Turn turn) {
    return turn.ready().size() == 1
        && flights.isEmpty()
        && turn.wakeAt() == null
        && tenure.outlivesCall();
  }

  private static boolean isStopped(Execution e) {
    return e.isHeld() || (e.isCancelWanted() && !e.root().isCancelling());
  }

  private void dispatch(Turn.Ready effect, boolean isAll) {
    if (effect instanceof Turn.Ready.Api api && means.oos().answers(api.request())) {
      courier.arrived(effect.path(), means.oos().reply(api.request(), ledger));
    } else if (isAll) {
      courier.perform(effect);
    } else {
      courier.send(effect);
    }
  }

  private boolean mustCommit(Turn turn) {
    boolean must = false;
    for (Turn.Ready effect : turn.ready()) {
      if (effect instanceof Turn.Ready.Api api) {
        must |= api.effect() == EffectClass.ONCE;
        must |= needsIntent(api);
      } else {
        must |= !ledger.isLeaseStored();
      }
    }
    boolean isMutating = isMutating(turn);
    if (isMutating && !tenure.outlivesCall()) {
      tenure.renew();
      must = true;
    }
    return must || (isMutating && ledger.hasFacts());
  }

  /**
   * Whether a repetition would be refused, as that of a deletion is: whoever comes after a crash must know that it is one, to
   * tell "deleted before" from "never there".
   */
  private boolean needsIntent(Turn.Ready.Api api) {
    Call call = ledger.known(api.path()).call();
    return api.effect() == EffectClass.DESIRED_STATE
        && call != null
        && call.tries() == 0
        && !ledger.isDurable(api.path())
        && effect(api.request()).isRefusedAgain();
  }

  private Effect effect(ApiRequest request) {
    String method = request.roa() == null ? "" : request.roa().method();
    return means.effects().effect(request.service(), request.api(), method);
  }

  private static boolean isMutating(Turn turn) {
    return turn.ready().stream()
        .anyMatch(
            effect -> effect instanceof Turn.Ready.Api api && api.effect() != EffectClass.READ);
  }

  private int depart(Turn.Ready effect) {
    flights.depart(effect.path());
    if (effect instanceof Turn.Ready.Http) {
      return 0;
    }
    TaskExecution run = ledger.known(effect.path());
    if (run.call() != null) {
      ledger.put(run.called().calling(run.call().sent()));
    }
    return 1;
  }

  /** An intent that was not sent is no intent: the next worker states it again. */
  private void withdraw(Turn.Ready effect) {
    witness.kept(effect, now());
    TaskExecution run = ledger.known(effect.path());
    if (run.call() != null && run.call().tries() == 0) {
      ledger.put(run.calling(null));
    } else if (run.call() != null && run.call().checking().isEmpty()) {
      ledger.put(run.calling(run.call().later(now())));
    }
  }

  private Instant now() {
    return means.ports().clock().instant();
  }
}
