package chatops.chat.view;

import java.util.List;

/**
 * Executions, newest first: the answer to {@code Ask("executions", …)}.
 *
 * @param verdict {@code seen} or {@code denied}; {@code why} ready to show
 * @param older where the next page begins, opaque; empty on the last
 * @param scanned how many executions were looked at for this page
 * @param freezes starts that are frozen, ready to show
 * @param mayRun whether the reader may start a template
 */
public record ExecutionsView(
    String verdict,
    String why,
    List<Line> executions,
    String older,
    int scanned,
    List<String> freezes,
    boolean mayRun,
    String now) {

  /** One execution. @param waitingStatus what it waits for, as OOS spells it */
  public record Line(
      String executionId,
      String status,
      String waitingStatus,
      String message,
      String template,
      String what,
      String requester,
      String region,
      String createdAt,
      String endedAt) {}

  public ExecutionsView {
    executions = List.copyOf(executions);
    freezes = List.copyOf(freezes);
  }

  public static ExecutionsView denied(String why) {
    return new ExecutionsView("denied", why, List.of(), "", 0, List.of(), false, "");
  }
}
