package chatops.engine.action;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.notice.Outbound;
import chatops.engine.schedule.Schedule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an action leads to in one turn. {@code state} is what it wants to find in {@link ActionCall#state} next time. */
public sealed interface Outcome {

  /** Success; selectors of the task's outputs read {@code result}, which is null when the action has none. */
  record Done(@Nullable JsonNode result) implements Outcome {}

  /** Success, and the next task is {@code target} instead of the task's OnSuccess. */
  record Chosen(String target) implements Outcome {}

  record Failed(String code, String message) implements Outcome {}

  /**
   * Make this OpenAPI call and come back with its {@link Reply}. A turn without a reply in the same state must ask for
   * the same call again.
   */
  record Call(ApiRequest request, ObjectNode state) implements Outcome {}

  /** Send this message and come back; may be sent more than once. */
  record Send(Outbound.HttpCall message, ObjectNode state) implements Outcome {}

  /**
   * Come back at {@code until}.
   *
   * @param progress what people may see of it in the meantime; empty for nothing
   */
  record Sleep(Instant until, ObjectNode state, String progress) implements Outcome {
    public Sleep(Instant until, ObjectNode state) {
      this(until, state, "");
    }
  }

  /**
   * Wait for people to decide. Asking again while the question is open changes nothing.
   *
   * @param kind one of {@link chatops.engine.execution.WaitingStatus}
   * @param retryAt when the action wants another turn although nobody decided; null for never
   */
  record Ask(
      String kind,
      String question,
      List<String> approvers,
      int needed,
      ObjectNode state,
      @Nullable Instant retryAt)
      implements Outcome {
    public Ask {
      approvers = List.copyOf(approvers);
    }
  }

  /**
   * Wait for a trigger; whenever it fires, a child execution runs the rest of the template.
   *
   * @param schedule when a timer fires; null for events
   * @param end when the waiting is over, with success; null for when the schedule has no firings any more
   */
  record Watch(@Nullable Schedule schedule, @Nullable Instant end, ObjectNode state)
      implements Outcome {}

  /** Run the inner tasks of ACS::Loop, for this item. */
  record Iterate() implements Outcome {}

  /**
   * Run this template inside the task; its outputs are the task's result.
   *
   * @param content the template's own text; empty when it is found by name
   */
  record Nest(
      String template,
      String version,
      String content,
      ObjectNode parameters,
      boolean isProductAction)
      implements Outcome {}
}
