package chatops.execution;

import chatops.engine.store.StoreException;
import java.io.PrintStream;
import java.time.InstantSource;

/** The function's log: one line per thing that happened, to the stream Function Compute collects. Thread-safe. */
final class Log {
  private final PrintStream out;
  private final InstantSource clock;

  Log(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /** @param execution empty where the line is about none */
  void line(String execution, String text) {
    String where = execution.isEmpty() ? "" : " execution=" + execution;
    // one line is one event, whatever a text from outside holds
    out.println(clock.instant() + where + " " + text.replaceAll("[\\r\\n]+", " | "));
  }

  /**
   * An error nobody expected: its class and place, without its message, which may hold anything. A store's is made of what it was
   * doing and of its own codes, and says whether a disk is full or keys were refused.
   */
  void unexpected(String execution, String doing, Throwable error) {
    if (error instanceof StoreException store) {
      line(execution, doing + ": " + store.getMessage());
    }
    StackTraceElement[] stack = error.getStackTrace();
    StringBuilder places = new StringBuilder();
    for (int i = 0; i < Math.min(6, stack.length); i++) {
      places.append(" at ").append(stack[i]);
    }
    line(execution, doing + ": unexpected " + error.getClass().getName() + places);
  }
}
