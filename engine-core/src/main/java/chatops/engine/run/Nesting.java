package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.execution.Frame;
import chatops.engine.execution.TaskExecution;
import chatops.engine.id.TaskPath;
import chatops.engine.template.Binding;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Opens the frame of a nested template: a product action, or ACS::Template (specification 7.9 and 8). */
final class Nesting {
  private final Means means;
  private final Ledger ledger;

  Nesting(Means means, Ledger ledger) {
    this.means = means;
    this.ledger = ledger;
  }

  /** A product action is a template whose parameters are the task's properties. */
  Outcome productAction(ActionCall call) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    call.task()
        .properties()
        .forEach((name, value) -> parameters.set(name, value.evaluate(call.scope())));
    return new Outcome.Nest(call.task().action(), "", "", parameters, true);
  }

  private Library.Entry entry(Outcome.Nest nest) {
    if (!nest.content().isEmpty()) {
      Library.Entry inline = means.library().inline(nest.template(), nest.content());
      // it may have come from a parameter, so nobody has looked at it yet
      new Suitability(means.library()).checkNested(inline.template());
      return inline;
    }
    return means
        .library()
        .find(nest.template(), nest.version())
        .orElseThrow(
            () -> new EngineException("no template or action is called '" + nest.template() + "'"));
  }

  /** Opens the frame of one iteration of an ACS::Loop; it shares template, parameters and role with the frame around. */
  void iterate(FrameScope around, TaskExecution item) {
    checkRoom();
    ledger.put(item.nesting(ledger.frame(around.at()).iteration(item.name())));
  }

  private void checkRoom() {
    int most = means.settings().limits().frames();
    if (ledger.frames() >= most) {
      throw new EngineException("one execution runs at most " + most
          + " nested templates and iterations; act on fewer items at a time");
    }
  }

  void open(FrameScope parent, TaskExecution run, Outcome.Nest nest) {
    long depth = run.path().value().chars().filter(c -> c == '/').count() + 1;
    int most = means.settings().limits().nesting();
    if (depth > most) {
      throw new EngineException(
          "templates nest more than " + most + " deep; does " + nest.template() + " call itself?");
    }
    checkRoom();
    Library.Entry entry = entry(nest);
    Template template = entry.template();
    TaskPath path = run.path();
    ObjectNode parameters = Binding.bind(
        template,
        nest.parameters(),
        Binding.Source.PARENT_TASK,
        new FrameScope(ledger, parent.means(), path, template, null, parent.time()));
    String inherited = ledger.frame(parent.at()).ramRole();
    Frame plain = Frame.opened(entry.pin(), parameters, inherited, nest.isProductAction());
    ledger.keep(entry.text());
    ledger.put(run.nesting(plain));
    if (template.ramRole() != null) {
      JsonNode role = template
          .ramRole()
          .evaluate(new FrameScope(ledger, parent.means(), path, template, null, parent.time()));
      if (!role.asText("").isBlank() && !role.isNull()) {
        ledger.put(run.nesting(
            Frame.opened(entry.pin(), parameters, role.asText(), nest.isProductAction())));
      }
    }
  }
}
