package chatops.engine.run;

import chatops.engine.audit.CallRecords;
import chatops.engine.cloud.Session;
import chatops.engine.effect.EffectClass;
import chatops.engine.id.TaskPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees every call that changes something leave and come back, for the audit trail. A call that needs its intent stored is told
 * in the write that stores it. Used by one thread.
 */
final class Witness {
  private final Ledger ledger;
  private final Map<TaskPath, Turn.Ready> away = new HashMap<>();
  private final Set<Session> sessions = new HashSet<>();

  Witness(Ledger ledger) {
    this.ledger = ledger;
  }

  void leaving(Turn.Ready effect, Instant now) {
    if (isRead(effect)) {
      return;
    }
    away.put(effect.path(), effect);
    String task = ledger.known(effect.path()).name();
    if (effect instanceof Turn.Ready.Api api) {
      ledger.note(CallRecords.call(
          ledger.execution(), api.path(), task, api.request(), api.effect(), api.ramRole(), now));
    } else if (effect instanceof Turn.Ready.Http http) {
      ledger.note(CallRecords.message(http.path(), task, http.message().uri(), now));
    }
  }

  /** It stays after all. */
  void kept(Turn.Ready effect, Instant now) {
    if (away.remove(effect.path()) != null) {
      ledger.note(CallRecords.unsent(effect.path(), name(effect), now));
    }
  }

  void back(Courier.Arrival arrival, Instant now) {
    Turn.Ready effect = away.remove(arrival.path());
    if (effect == null) {
      return;
    }
    session(arrival.session(), now);
    ledger.note(
        CallRecords.result(ledger.execution(), arrival.path(), name(effect), arrival.reply(), now));
  }

  private void session(@Nullable Session session, Instant now) {
    if (session != null && sessions.add(session)) {
      ledger.note(CallRecords.session(session, now));
    }
  }

  private static boolean isRead(Turn.Ready effect) {
    return effect instanceof Turn.Ready.Api api && api.effect() == EffectClass.READ;
  }

  private static String name(Turn.Ready effect) {
    return effect instanceof Turn.Ready.Api api ? api.request().name() : CallRecords.MESSAGE;
  }
}
