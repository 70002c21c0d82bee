package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.action.Reply;
import chatops.engine.expression.ExpressionException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code ACS::Notify}: sends a message to a web hook (specification 7.7). */
final class Notify implements Action {
  private static final int MOST_TRIES = 3;
  private static final String TRIES = "tries";

  @Override
  public String name() {
    return "ACS::Notify";
  }

  @Override
  public boolean mayLoop() {
    return false;
  }

  @Override
  public Outcome turn(ActionCall call) {
    ObjectNode state = call.state();
    Reply reply = call.reply();
    if (reply == null) {
      return new Outcome.Send(message(call).call(), state);
    }
    String failure = WebHook.failure(reply);
    if (failure.isEmpty()) {
      return new Outcome.Done(null);
    }
    int tries = state.path(TRIES).asInt(0) + 1;
    boolean mayHelp = reply instanceof Reply.Unreached unreached && !unreached.isFinal();
    if (!mayHelp || tries >= MOST_TRIES) {
      return new Outcome.Failed("NotDelivered", failure);
    }
    state.put(TRIES, tries);
    return new Outcome.Sleep(call.now().plusSeconds(1L << tries), state);
  }

  private static WebHook message(ActionCall call) {
    WebHook hook = WebHook.of(call);
    if (hook == null) {
      throw new ExpressionException("ACS::Notify needs the property WebHook; NotifyType '"
          + call.text("NotifyType") + "' is not supported without it");
    }
    boolean wantsLink = call.text("AppendExecutionLink").equalsIgnoreCase("true");
    return wantsLink ? hook.withLink(call.links().execution(call.execution())) : hook;
  }
}
