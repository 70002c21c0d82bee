package chatops.engine.action;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.notice.Outbound;
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

  /** Come back at {@code until}. */
  record Sleep(Instant until, ObjectNode state) implements Outcome {}

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

  /** Run this template inside the task; its outputs are the task's result. */
  record Nest(String template, String version, ObjectNode parameters, boolean isProductAction)
      implements Outcome {}
}
