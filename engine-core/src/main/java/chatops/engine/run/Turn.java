package chatops.engine.run;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.effect.EffectClass;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import chatops.engine.notice.Outbound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one walk over an execution found: calls to make now, and what everything else waits for. */
final class Turn {
  private final Instant now;
  private final List<Ready> ready = new ArrayList<>();
  private @Nullable Instant wakeAt;
  private String waitingFor = WaitingStatus.NONE;

  /** One effect that can be performed now. */
  sealed interface Ready {
    TaskPath path();

    /** An OpenAPI call. */
    record Api(TaskPath path, ApiRequest request, String ramRole, EffectClass effect)
        implements Ready {}

    /** A message to a web hook. */
    record Http(TaskPath path, Outbound.HttpCall message) implements Ready {}
  }

  Turn(Instant now) {
    this.now = now;
  }

  Instant now() {
    return now;
  }

  void perform(Ready effect) {
    ready.add(effect);
  }

  void wake(Instant at) {
    if (wakeAt == null || at.isBefore(wakeAt)) {
      wakeAt = at;
    }
  }

  void people(String kind) {
    if (waitingFor.isEmpty()) {
      waitingFor = kind;
    }
  }

  List<Ready> ready() {
    return ready;
  }

  /** The earliest time something wants to go on; null when nothing waits for a time. */
  @Nullable
  Instant wakeAt() {
    return wakeAt;
  }

  /** Why people are needed; empty when they are not. */
  String waitingFor() {
    return waitingFor;
  }
}
