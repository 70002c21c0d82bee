package chatops.front;

import chatops.front.http.FrontLog;

/**
 * Puts the platform's id of the invocation before each line that is logged during it, so that the lines of concurrent
 * requests can be told apart. An invocation stays in one thread.
 */
final class RequestLog implements FrontLog {
  private final FrontLog lines;
  private final ThreadLocal<String> invocation = new ThreadLocal<>();

  RequestLog(FrontLog lines) {
    this.lines = lines;
  }

  /**
   * From here on this thread works for the invocation, until {@link #end}.
   *
   * @param id empty where the platform gives none
   */
  void begin(String id) {
    invocation.set(id.isEmpty() ? "" : "invocation=" + id + " ");
  }

  void end() {
    invocation.remove();
  }

  @Override
  public void line(String line) {
    String id = invocation.get();
    lines.line(id == null ? line : id + line);
  }
}
