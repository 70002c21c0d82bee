package chatops.engine.execution;

import chatops.engine.id.TaskPath;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task, or of one item of a looping task. Immutable; written by the holder of the lease only.
 *
 * @param outputs declared outputs; of a looping task, its aggregates
 * @param result raw result of the action, for undeclared outputs; null for items and when there is none
 * @param state what the action itself remembers between turns
 * @param call the effect in progress, if any
 * @param wakeAt when the action wants to go on; null when it does not wait for a time
 * @param waitingFor one of {@link WaitingStatus}; empty when it does not wait for people
 * @param frame the nested template it runs, if any
 * @param loop set on a looping task
 * @param next target an action chose itself (Choice); empty otherwise
 * @param calls OpenAPI calls sent for this task, in all attempts
 * @param attempt how often it was begun anew because a person wanted it
 * @param changes properties or API parameters that a person changed for this attempt, by name; null when none
 */
public record TaskExecution(
    TaskPath path,
    String name,
    String action,
    TaskStatus status,
    String message,
    String code,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable JsonNode loopItem,
    int batch,
    ObjectNode outputs,
    @Nullable JsonNode result,
    ObjectNode state,
    @Nullable Call call,
    @Nullable Instant wakeAt,
    String waitingFor,
    @Nullable Frame frame,
    @Nullable LoopPlan loop,
    String next,
    int calls,
    int attempt,
    @Nullable ObjectNode changes) {

  public static TaskExecution started(
      TaskPath path, String name, String action, Instant at, @Nullable JsonNode item, int batch) {
    TaskDraft draft = new TaskDraft(path, name, action, at);
    draft.loopItem = item;
    draft.batch = batch;
    return draft.build();
  }

  /** As {@link #started}, in the place of an earlier row: its calls count on, so that no token comes again. */
  public TaskExecution after(@Nullable TaskExecution earlier) {
    return earlier == null
        ? this
        : with(d -> {
          d.calls = earlier.calls();
          d.attempt = earlier.attempt() + 1;
        });
  }

  /** The same task once more, from its beginning. */
  public TaskExecution again(@Nullable ObjectNode changed, Instant at) {
    return with(d -> {
      end(d, TaskStatus.RUNNING, "", "", at);
      d.endedAt = null;
      d.startedAt = at;
      d.outputs = JsonNodeFactory.instance.objectNode();
      d.state = JsonNodeFactory.instance.objectNode();
      d.frame = null;
      d.loop = null;
      d.next = "";
      d.attempt++;
      d.changes = changed == null ? d.changes : changed;
    });
  }

  public TaskExecution changed(ObjectNode changed) {
    return changed.isEmpty() ? this : with(d -> d.changes = changed);
  }

  /** Under way again because something inside it is; the rest of it stands. */
  public TaskExecution reopened() {
    return status.isFinal()
        ? with(d -> {
          end(d, TaskStatus.RUNNING, "", "", d.startedAt);
          d.endedAt = null;
          d.outputs = JsonNodeFactory.instance.objectNode();
        })
        : running();
  }

  /** Lets time pass or polls, and asks nobody: what waits for people is theirs to decide. */
  public boolean isIdle() {
    return !status.isFinal() && wakeAt != null && call == null && waitingFor.isEmpty();
  }

  /** Whether this is one item of a looping task. */
  public boolean isItem() {
    return path.isItem();
  }

  public TaskExecution remembering(ObjectNode newState) {
    return with(d -> d.awake().state = newState);
  }

  public TaskExecution calling(@Nullable Call newCall) {
    return with(d -> d.call = newCall);
  }

  public TaskExecution called() {
    return with(d -> d.calls++);
  }

  public TaskExecution sleeping(Instant until) {
    return with(d -> {
      d.awake().status = TaskStatus.RUNNING;
      d.wakeAt = until;
    });
  }

  public TaskExecution waiting(String reason, @Nullable Instant until) {
    return with(d -> {
      d.status = TaskStatus.WAITING;
      d.wakeAt = until;
      d.waitingFor = reason;
    });
  }

  public TaskExecution running() {
    return with(d -> d.awake().status = TaskStatus.RUNNING);
  }

  public TaskExecution nesting(@Nullable Frame newFrame) {
    return with(d -> d.frame = newFrame);
  }

  public TaskExecution looping(LoopPlan plan) {
    return with(d -> d.loop = plan);
  }

  public TaskExecution choosing(String target) {
    return with(d -> d.next = target);
  }

  public TaskExecution succeeded(
      ObjectNode withOutputs, @Nullable JsonNode withResult, Instant at) {
    return with(d -> {
      end(d, TaskStatus.SUCCESS, "", "", at);
      d.outputs = withOutputs;
      d.result = withResult;
    });
  }

  public TaskExecution ended(TaskStatus how, String withCode, String withMessage, Instant at) {
    return with(d -> end(d, how, withCode, withMessage, at));
  }

  private static void end(TaskDraft d, TaskStatus how, String code, String message, Instant at) {
    d.awake().status = how;
    d.code = code;
    d.message = message;
    d.endedAt = at;
    d.result = null;
    d.call = null;
  }

  private TaskExecution with(Consumer<TaskDraft> change) {
    TaskDraft draft = new TaskDraft(this);
    change.accept(draft);
    return draft.build();
  }
}
