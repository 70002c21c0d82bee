package chatops.engine.action;

/**
 * The code behind a task. Stateless and thread-safe: everything an action remembers is in its {@link ActionCall#state},
 * so that any worker can take the next turn. Never touches a store or the network.
 */
public interface Action {
  /** {@code ACS::Sleep}; looked up in any letter case. */
  String name();

  /** Whether a task with this action may have a Loop. */
  boolean mayLoop();

  /** @throws chatops.engine.expression.ExpressionException fails the task */
  Outcome turn(ActionCall call);
}
