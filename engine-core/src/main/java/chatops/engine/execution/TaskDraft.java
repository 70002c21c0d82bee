package chatops.engine.execution;

import chatops.engine.id.TaskPath;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task run while it changes; one line for each value. */
final class TaskDraft {
  final TaskPath path;
  final String name;
  final String action;
  Instant startedAt;
  TaskStatus status = TaskStatus.RUNNING;
  String message = "";
  String code = "";

  @Nullable
  Instant endedAt;

  @Nullable
  JsonNode loopItem;

  int batch;
  ObjectNode outputs = JsonNodeFactory.instance.objectNode();

  @Nullable
  JsonNode result;

  ObjectNode state = JsonNodeFactory.instance.objectNode();

  @Nullable
  Call call;

  @Nullable
  Instant wakeAt;

  String waitingFor = WaitingStatus.NONE;

  @Nullable
  Frame frame;

  @Nullable
  LoopPlan loop;

  String next = "";
  int calls;
  int attempt;

  @Nullable
  ObjectNode changes;

  TaskDraft(TaskPath path, String name, String action, Instant startedAt) {
    this.path = path;
    this.name = name;
    this.action = action;
    this.startedAt = startedAt;
  }

  TaskDraft(TaskExecution from) {
    this(from.path(), from.name(), from.action(), from.startedAt());
    status = from.status();
    message = from.message();
    code = from.code();
    endedAt = from.endedAt();
    loopItem = from.loopItem();
    batch = from.batch();
    outputs = from.outputs();
    result = from.result();
    state = from.state();
    call = from.call();
    wakeAt = from.wakeAt();
    waitingFor = from.waitingFor();
    frame = from.frame();
    loop = from.loop();
    next = from.next();
    calls = from.calls();
    attempt = from.attempt();
    changes = from.changes();
  }

  /** Nothing is waited for any more. */
  TaskDraft awake() {
    wakeAt = null;
    waitingFor = WaitingStatus.NONE;
    return this;
  }

  TaskExecution build() {
    return new TaskExecution(
        path,
        name,
        action,
        status,
        message,
        code,
        startedAt,
        endedAt,
        loopItem,
        batch,
        outputs,
        result,
        state,
        call,
        wakeAt,
        waitingFor,
        frame,
        loop,
        next,
        calls,
        attempt,
        changes);
  }
}
