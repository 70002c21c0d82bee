package chatops.engine.run;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.effect.EffectClass;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import chatops.engine.notice.Outbound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one walk over an execution found: calls to make now, and what everything else waits for. */
final class Turn {
  private final Instant now;
  private final List<Ready> ready = new ArrayList<>();
  private final Map<TaskPath, String> progress = new TreeMap<>();
  private @Nullable Instant wakeAt;
  private String waitingFor = WaitingStatus.NONE;
  private String message = "";

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

  /** What people may see of a task that goes on. */
  void progress(TaskPath path, String text) {
    progress.put(path, text);
  }

  Map<TaskPath, String> progress() {
    return progress;
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
    people(kind, "");
  }

  /** @param what the execution's message while it waits */
  void people(String kind, String what) {
    if (waitingFor.isEmpty()) {
      waitingFor = kind;
      message = what;
    }
  }

  /** A call waits because the cloud wants fewer of them. */
  void slow(String call) {
    if (message.isEmpty()) {
      message = call + " waits its turn: the cloud takes fewer calls at the moment";
    }
  }

  String message() {
    return message;
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
