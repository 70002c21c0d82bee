package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.jq.Jq;
import java.util.List;

/** Every atomic action. To add one: one class, one line here. */
public final class BuiltinActions {
  private BuiltinActions() {}

  public static List<Action> all() {
    Jq jq = new Jq();
    return List.of(
        new ExecuteApi(),
        new WaitFor(),
        new CheckFor(),
        new SelectTargets(),
        new Choice(),
        new Sleep(),
        new Approve(),
        new Notify(),
        new ExecuteHttpRequest(),
        new RunTemplate(),
        new Pause(),
        new RepeatTasks(),
        new TimerTrigger(),
        new MessageTrigger(
            "ACS::EventTrigger",
            List.of("Product", "Name", "Level", "RegionId", "Content", "Tags"),
            jq),
        new MessageTrigger("ACS::AlarmTrigger", List.of("Namespace", "MetricName"), jq));
  }
}
