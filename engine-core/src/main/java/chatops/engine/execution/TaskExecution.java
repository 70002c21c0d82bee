package chatops.engine.execution;

import chatops.engine.id.TaskPath;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
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
 * @param calls OpenAPI calls sent for this task
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
    int calls) {

  public static TaskExecution started(
      TaskPath path, String name, String action, Instant at, @Nullable JsonNode item, int batch) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return new TaskExecution(
        path,
        name,
        action,
        TaskStatus.RUNNING,
        "",
        "",
        at,
        null,
        item,
        batch,
        json.objectNode(),
        null,
        json.objectNode(),
        null,
        null,
        WaitingStatus.NONE,
        null,
        null,
        "",
        0);
  }

  /** Whether this is one item of a looping task. */
  public boolean isItem() {
    return path.value().indexOf('.', path.value().lastIndexOf('/') + 1) >= 0;
  }

  public TaskExecution remembering(ObjectNode newState) {
    return copy(
        status, message, code, endedAt, outputs, result, newState, call, null, "", frame, loop,
        next, calls);
  }

  public TaskExecution calling(@Nullable Call newCall) {
    return copy(
        status,
        message,
        code,
        endedAt,
        outputs,
        result,
        state,
        newCall,
        wakeAt,
        waitingFor,
        frame,
        loop,
        next,
        calls);
  }

  public TaskExecution called() {
    return copy(
        status,
        message,
        code,
        endedAt,
        outputs,
        result,
        state,
        call,
        wakeAt,
        waitingFor,
        frame,
        loop,
        next,
        calls + 1);
  }

  public TaskExecution sleeping(Instant until) {
    return copy(
        TaskStatus.RUNNING,
        message,
        code,
        endedAt,
        outputs,
        result,
        state,
        call,
        until,
        "",
        frame,
        loop,
        next,
        calls);
  }

  public TaskExecution waiting(String reason, @Nullable Instant until) {
    return copy(
        TaskStatus.WAITING,
        message,
        code,
        endedAt,
        outputs,
        result,
        state,
        call,
        until,
        reason,
        frame,
        loop,
        next,
        calls);
  }

  public TaskExecution running() {
    return copy(
        TaskStatus.RUNNING,
        message,
        code,
        endedAt,
        outputs,
        result,
        state,
        call,
        null,
        "",
        frame,
        loop,
        next,
        calls);
  }

  public TaskExecution nesting(@Nullable Frame newFrame) {
    return copy(
        status,
        message,
        code,
        endedAt,
        outputs,
        result,
        state,
        call,
        wakeAt,
        waitingFor,
        newFrame,
        loop,
        next,
        calls);
  }

  public TaskExecution looping(LoopPlan plan) {
    return copy(
        status,
        message,
        code,
        endedAt,
        outputs,
        result,
        state,
        call,
        wakeAt,
        waitingFor,
        frame,
        plan,
        next,
        calls);
  }

  public TaskExecution choosing(String target) {
    return copy(
        status,
        message,
        code,
        endedAt,
        outputs,
        result,
        state,
        call,
        wakeAt,
        waitingFor,
        frame,
        loop,
        target,
        calls);
  }

  public TaskExecution succeeded(
      ObjectNode withOutputs, @Nullable JsonNode withResult, Instant at) {
    return copy(
        TaskStatus.SUCCESS,
        "",
        "",
        at,
        withOutputs,
        withResult,
        state,
        null,
        null,
        "",
        frame,
        loop,
        next,
        calls);
  }

  public TaskExecution ended(TaskStatus how, String withCode, String withMessage, Instant at) {
    return copy(
        how,
        withMessage,
        withCode,
        at,
        outputs,
        null,
        state,
        null,
        null,
        "",
        frame,
        loop,
        next,
        calls);
  }

  private TaskExecution copy(
      TaskStatus status,
      String message,
      String code,
      @Nullable Instant endedAt,
      ObjectNode outputs,
      @Nullable JsonNode result,
      ObjectNode state,
      @Nullable Call call,
      @Nullable Instant wakeAt,
      String waitingFor,
      @Nullable Frame frame,
      @Nullable LoopPlan loop,
      String next,
      int calls) {
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
        calls);
  }
}
