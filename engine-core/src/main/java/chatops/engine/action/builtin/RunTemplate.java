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
    if (!call.property("TemplateURL").isNull()) {
      return new Outcome.Failed(
          "",
          "ACS::Template: TemplateURL is refused, because a template must not be fetched from an address while it runs; put it"
              + " into a template directory and give TemplateName, or give TemplateContent");
    }
    String name = call.text("TemplateName").strip();
    String content = call.text("TemplateContent").strip();
    if (name.isEmpty() == content.isEmpty()) {
      return new Outcome.Failed(
          "", "ACS::Template needs TemplateName or TemplateContent, and not both");
    }
    boolean isProductAction = name.toUpperCase(Locale.ROOT).startsWith("ACS::");
    return new Outcome.Nest(
        name.isEmpty() ? "content of task " + call.task().name() : name,
        call.text("TemplateVersion").strip(),
        content,
        ApiProperties.map(call, "Parameters"),
        isProductAction);
  }
}
