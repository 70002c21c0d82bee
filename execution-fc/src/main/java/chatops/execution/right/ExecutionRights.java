package chatops.execution.right;

import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Rights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Verdict;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What somebody may do with an execution that is there. Who looks at it needs the right for its template, or is asked for an approval
 * of it; who acts on it, the right for its template and region; and who makes it go on, the right to start it as it is, since that is
 * what it comes to. Thread-safe.
 */
public record ExecutionRights(LiveRights rights) {
  private static final Set<String> LOOKS = Set.of("oos show", "oos logs", "oos list");
  private static final Set<String> GOES_ON = Set.of("oos retry", "oos skip", "oos resume");

  /** @param command such as {@code oos retry} */
  public Verdict verdict(Principal principal, Place place, String command, ExecutionView view) {
    RunRequest wish = new RunRequest(view.template().name(), "", "");
    if (GOES_ON.contains(command)) {
      wish = asItIs(view, view.parameters());
    } else if (!LOOKS.contains(command)) {
      wish = wish.in(view.regionId());
    }
    Verdict verdict = rights.current().rights().decide(principal, place, command, wish);
    boolean isShown = command.equals("oos show") || command.equals("oos list");
    return !verdict.isAllowed() && isShown && isAsked(principal, view) ? Verdict.ALLOWED : verdict;
  }

  /** Whether somebody is one of those who decide an approval of it: they must see what they decide. */
  private boolean isAsked(Principal principal, ExecutionView view) {
    Rights now = rights.current().rights();
    return view.approvals().stream()
        .anyMatch(approval -> now.mayDecide(
                principal, view.template().name(), view.startedBy(), approval.approvers())
            .isAllowed());
  }

  /** What the execution comes to with these parameters. */
  public static RunRequest asItIs(ExecutionView view, ObjectNode parameters) {
    return new RunRequest(
        view.template().name(),
        view.regionId(),
        view.ramRole().substring(view.ramRole().lastIndexOf('/') + 1),
        GivenValues.of(parameters));
  }
}
