package chatops.front.chat;

import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Verdict;
import chatops.front.http.FrontLog;
import org.jspecify.annotations.Nullable;

/** Decides a command by all that its words say, and logs what it refuses. Thread-safe. */
final class Authority {
  private final LiveRights rights;
  private final FrontLog log;

  Authority(LiveRights rights, FrontLog log) {
    this.rights = rights;
    this.log = log;
  }

  /** Null when it is allowed, or may have been allowed since the rights were last looked at: Execution decides then. */
  Verdict.@Nullable Denied denied(Principal principal, Place place, Command command) {
    LiveRights.View view = rights.current();
    Verdict verdict = view.rights()
        .decide(principal, place, command.name(), RunRequest.of(command, view.configuration()));
    if (!(verdict instanceof Verdict.Denied) || !rights.isConfirmed(view)) {
      return null;
    }
    Verdict.Denied denied = (Verdict.Denied) verdict;
    log.line("denied person=" + principal.id() + " command=" + command.name() + " reason="
        + denied.reason());
    return denied;
  }
}
