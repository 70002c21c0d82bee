package chatops.execution.page;

import chatops.chat.rights.Verdict;
import chatops.execution.notify.Wording;
import java.util.Locale;

/** Why rights say no, in words. */
final class Refusal {
  private Refusal() {}

  static String text(Wording words, Verdict.Denied denied) {
    String why =
        words.say("denied." + denied.reason().name().toLowerCase(Locale.ROOT), denied.what());
    return why + " " + words.say("denied.next");
  }
}
