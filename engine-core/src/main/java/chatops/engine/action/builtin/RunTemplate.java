package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import java.util.Locale;

/** {@code ACS::Template}: runs another template inside the task (specification 7.9). */
final class RunTemplate implements Action {
  @Override
  public String name() {
    return "ACS::Template";
  }

  @Override
  public boolean mayLoop() {
    return true;
  }

  @Override
  public Outcome turn(ActionCall call) {
    String name = call.text("TemplateName").strip();
    if (name.isEmpty()) {
      return new Outcome.Failed(
          "", "ACS::Template needs TemplateName; an inline TemplateContent is not supported");
    }
    boolean isProductAction = name.toUpperCase(Locale.ROOT).startsWith("ACS::");
    return new Outcome.Nest(
        name,
        call.text("TemplateVersion").strip(),
        ApiProperties.map(call, "Parameters"),
        isProductAction);
  }
}
