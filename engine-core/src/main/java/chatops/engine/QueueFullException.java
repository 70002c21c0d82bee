package chatops.engine;

import chatops.engine.policy.Policy;

/** A start that is refused because as many executions run and wait as the configuration allows. */
public final class QueueFullException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final transient Policy.Limit limit;

  QueueFullException(Policy.Limit limit) {
    super("limit " + limit.name() + ": " + limit.running() + " run and " + limit.queued()
        + " wait already; start it again when one has ended");
    this.limit = limit;
  }

  public Policy.Limit limit() {
    return limit;
  }
}
