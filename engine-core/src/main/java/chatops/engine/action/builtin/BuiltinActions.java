package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import java.util.List;

/** Every atomic action. To add one: one class, one line here. */
public final class BuiltinActions {
  private BuiltinActions() {}

  public static List<Action> all() {
    return List.of(
        new ExecuteApi(),
        new WaitFor(),
        new CheckFor(),
        new SelectTargets(),
        new Choice(),
        new Sleep(),
        new Approve(),
        new Notify(),
        new RunTemplate(),
        new Pause());
  }
}
