package chatops.chat.view;

import java.util.List;

/**
 * One approval of an execution, with everything that was decided about it.
 *
 * @param outcome {@code open}, {@code approved}, {@code rejected}, {@code expired}, {@code withdrawn}, {@code void}
 * @param needed how many people it takes
 * @param targetCount how many targets the plan has; -1 when it has none
 * @param isDecidable whether the reader may decide it now
 * @param whyNot as in {@link chatops.chat.handover.ApprovalView}
 * @param reasonFor which decisions need a reason: empty, {@code rejection} or {@code both}
 */
public record ApprovalLine(
    String id,
    String task,
    String question,
    String outcome,
    int needed,
    List<Vote> votes,
    int targetCount,
    List<String> targets,
    String openedAt,
    String closedAt,
    String expiresAt,
    boolean isDecidable,
    String whyNot,
    String reasonFor) {

  /** What one person said. @param decision {@code approve} or {@code reject} */
  public record Vote(String by, String decision, String reason, String at) {}

  public ApprovalLine {
    votes = List.copyOf(votes);
    targets = List.copyOf(targets);
  }

  public boolean isOpen() {
    return outcome.equals("open");
  }
}
