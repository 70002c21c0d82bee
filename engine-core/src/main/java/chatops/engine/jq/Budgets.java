package chatops.engine.jq;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The budget of the run that is going on in this thread. */
final class Budgets implements Supplier<Budget> {
  private final Duration time;
  private final ThreadLocal<@Nullable Budget> open = new ThreadLocal<>();

  Budgets(Duration time) {
    this.time = time;
  }

  void open() {
    open.set(new Budget(time));
  }

  void close() {
    open.remove();
  }

  @Override
  public Budget get() {
    Budget budget = open.get();
    if (budget == null) {
      throw new IllegalStateException("a jq program is evaluated outside a run");
    }
    return budget;
  }
}
