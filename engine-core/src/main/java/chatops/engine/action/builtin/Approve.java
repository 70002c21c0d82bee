package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.action.Reply;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ACS::Approve}: sends the question to a web hook and waits for people (specification 7.6). A message that does
 * not arrive fails nothing: the question stands, and the message is tried again.
 */
final class Approve implements Action {
  private static final int MOST_TRIES = 3;
  private static final String TRIES = "tries";

  @Override
  public String name() {
    return "ACS::Approve";
  }

  @Override
  public boolean mayLoop() {
    return false;
  }

  @Override
  public Outcome turn(ActionCall call) {
    ObjectNode state = call.state();
    WebHook hook = WebHook.of(call);
    Reply reply = call.reply();
    if (hook == null) {
      String question = "Task " + call.task().name() + " asks for approval.";
      return ask(call, question, state, null);
    }
    if (reply == null && state.path(TRIES).asInt(0) < MOST_TRIES) {
      boolean isUnwanted = call.text("AppendExecutionLink").equalsIgnoreCase("false");
      String link = isUnwanted ? "" : call.links().approval(call.execution(), call.approvalId());
      return new Outcome.Send(hook.withLink(link).call(), state);
    }
    int tries = state.path(TRIES).asInt(0) + 1;
    boolean isSent = reply != null && WebHook.failure(reply).isEmpty();
    state.put(TRIES, isSent ? MOST_TRIES : tries);
    Instant retryAt = isSent || tries >= MOST_TRIES ? null : call.now().plusSeconds(10L << tries);
    return ask(call, hook.text(), state, retryAt);
  }

  private static Outcome ask(
      ActionCall call, String question, ObjectNode state, @Nullable Instant retryAt) {
    List<String> approvers = approvers(call.property("Approvers"));
    int needed = needed(call.text("MinRequiredApprovals").strip());
    if (!approvers.isEmpty() && needed > approvers.size()) {
      throw new ExpressionException("MinRequiredApprovals is " + needed + ", but there are only "
          + approvers.size() + " Approvers");
    }
    return new Outcome.Ask(WaitingStatus.APPROVAL, question, approvers, needed, state, retryAt);
  }

  private static int needed(String text) {
    try {
      int needed = text.isEmpty() ? 1 : Integer.parseInt(text);
      if (needed >= 1) {
        return needed;
      }
    } catch (NumberFormatException e) {
      throw new ExpressionException(
          "MinRequiredApprovals: expected a number from 1, found '" + text + "'", e);
    }
    throw new ExpressionException(
        "MinRequiredApprovals: expected a number from 1, found '" + text + "'");
  }

  private static List<String> approvers(JsonNode value) {
    JsonNode list =
        value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
    List<String> names = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(name -> names.add(name.asText()));
    } else if (!list.isNull() && !list.asText("").isBlank()) {
      names.add(list.asText());
    }
    names.removeIf(String::isBlank);
    return names.stream().distinct().toList();
  }
}
