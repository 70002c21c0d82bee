package chatops.engine.execution;

/** What people order, and what comes of it. */
public interface OrderEvent extends Event {

  /**
   * A person orders something. Unchanged when the same order is known, or when it makes no sense now. An order to go on
   * brings an execution that failed back to life, in the same write.
   */
  record Ordered(Order order) implements OrderEvent {
    @Override
    public Execution on(Execution e) {
      boolean isLate = !order.parameters().isEmpty() && e.isApproved();
      if (e.orders().containsKey(order.id()) || isLate) {
        return e;
      }
      Draft d = e.draft();
      boolean isDone = false;
      switch (order.kind()) {
        case PAUSE -> {
          if (e.status().isFinal() || e.pause() != null) {
            return e;
          }
          d.pause = new Pause(order.by(), order.text(), order.at());
          isDone = true;
        }
        case RESUME -> {
          if (e.status().isFinal() || e.pause() == null) {
            return e;
          }
          d.pause = null;
          d.watch = e.watch() == null ? null : e.watch().pausedUntil(order.at());
          isDone = true;
        }
        case RETRY, SKIP -> {
          if (e.status() == Status.FAILED) {
            d.reopen();
          } else if (e.status().isFinal()) {
            return e;
          }
        }
        case EXECUTE_TASK, CANCEL_TASK, COMPLETE -> {
          if (e.status().isFinal()) {
            return e;
          }
        }
      }
      d.remember(isDone ? order.done("done") : order);
      return d.heard(order.at()).build();
    }
  }

  /** The worker has done what was ordered, or says why it could not. */
  record Obeyed(String id, String outcome) implements OrderEvent {
    @Override
    public Execution on(Execution e) {
      Order order = e.orders().get(id);
      if (order == null || !order.isOpen()) {
        return e;
      }
      Draft d = e.draft();
      d.orders.put(id, order.done(outcome));
      return d.build();
    }
  }
}
