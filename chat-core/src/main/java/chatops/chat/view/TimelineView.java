package chatops.chat.view;

import java.util.List;
import java.util.Map;

/**
 * One execution as its page shows it: the answer to {@code Ask("timeline", …)}. Times are ISO-8601 in UTC, empty when unknown.
 *
 * @param verdict {@code seen}; {@code same} when nothing changed since the edition the page has; {@code unknown}; or
 *     {@code denied}
 * @param why what is denied, ready to show
 * @param edition changes whenever the page would look different
 * @param status as OOS spells it; empty when there is no such execution
 * @param waitingStatus what it waits for, as OOS spells it; empty when it does not
 * @param what the command it was asked for by, such as {@code ecs start}
 * @param place where it was asked for, as shown
 * @param parent id of the execution whose trigger started it
 * @param now when this was read
 * @param hidden tasks that are left out of {@code tasks}
 * @param allowed commands that the reader may use on it now: {@code cancel}, {@code pause}, {@code resume}, {@code retry},
 *     {@code skip}, {@code logs}
 * @param undelivered notices that reached nobody, newest last
 */
public record TimelineView(
    String verdict,
    String why,
    String edition,
    String executionId,
    String status,
    String waitingStatus,
    String message,
    String template,
    String templateVersion,
    String what,
    String region,
    String role,
    String mode,
    String requester,
    String place,
    String parent,
    String createdAt,
    String endedAt,
    String now,
    Pause pause,
    List<TaskLine> tasks,
    int hidden,
    List<ApprovalLine> approvals,
    List<QuestionLine> questions,
    Map<String, String> parameters,
    Map<String, String> outputs,
    Cost cost,
    List<LogLine> log,
    boolean logCut,
    List<String> undelivered,
    Trail trail,
    List<String> allowed) {

  /** Who holds it, while somebody does. */
  public record Pause(String by, String reason, String at) {}

  /** What it has cost so far. */
  public record Cost(int commits, int rows, int calls, int invocations) {}

  /** One line of its log. */
  public record LogLine(String at, String level, String task, String text) {}

  /**
   * The audit trail, newest record last.
   *
   * @param head hash of the newest; empty when there is none, or the reader may not see it
   * @param broken number of the first record that is not as it was written; 0 when all are
   */
  public record Trail(int count, String head, int broken, String why, List<Entry> entries) {}

  /** One record. @param text what else it says, one line */
  public record Entry(int number, String at, String kind, String by, String text, String hash) {}

  public TimelineView {
    tasks = List.copyOf(tasks);
    approvals = List.copyOf(approvals);
    questions = List.copyOf(questions);
    log = List.copyOf(log);
    undelivered = List.copyOf(undelivered);
    allowed = List.copyOf(allowed);
  }

  /** Whether there is something to show. */
  public boolean isSeen() {
    return verdict.equals("seen");
  }

  /** Whether it is over. */
  public boolean isEnded() {
    return !endedAt.isEmpty();
  }

  public boolean may(String command) {
    return allowed.contains(command);
  }

  /** One without content. */
  public static TimelineView without(
      String verdict, String why, String executionId, String edition) {
    return new TimelineView(
        verdict,
        why,
        edition,
        executionId,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        new Pause("", "", ""),
        List.of(),
        0,
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        new Cost(0, 0, 0, 0),
        List.of(),
        false,
        List.of(),
        new Trail(0, "", 0, "", List.of()),
        List.of());
  }
}
