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
    lines.line(oneLine(id == null ? line : id + line));
  }

  /** A path or a name that somebody sends may hold line ends: it makes no line of its own. */
  private static String oneLine(String line) {
    StringBuilder plain = null;
    for (int i = 0; i < line.length(); i++) {
      if (isControl(line.charAt(i))) {
        plain = plain == null ? new StringBuilder(line) : plain;
        plain.setCharAt(i, '?');
      }
    }
    return plain == null ? line : plain.toString();
  }

  private static boolean isControl(char c) {
    return c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029;
  }
}
