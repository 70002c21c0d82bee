package chatops.front.slack;

import chatops.chat.Platform;
import chatops.chat.handover.EventKey;
import chatops.chat.url.UrlGuard;
import chatops.front.chat.Incoming;
import chatops.front.http.HttpReply;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A shortcut (docs.slack.dev, "Shortcuts"): a global one comes without a channel and without an address, one on a message with
 * both.
 */
public final class SlackShortcut {
  /** {@code callback_id} of the global shortcut that runs a template. */
  public static final String RUN = "run_template";

  /** {@code callback_id} of the shortcut on a message that shows the execution it is about. */
  public static final String SHOW = "show_execution";

  private static final String EXECUTION = "exec-";
  private static final int DIGITS = 26;

  private SlackShortcut() {}

  static Incoming read(SlackPayload payload, UrlGuard urls, Instant now) {
    String callback = payload.json().text("callback_id", "");
    String trigger = payload.json().text("trigger_id", "");
    String command;
    switch (callback) {
      case RUN:
        command = "oos run";
        break;
      case SHOW:
        command = ("oos show " + execution(payload.json().value("message"))).strip();
        break;
      default:
        return new Incoming.Settled(HttpReply.empty(200), "a shortcut that is not ours");
    }
    return new Incoming.Asked(
        payload.principal(),
        payload.place(),
        command,
        trigger,
        new EventKey(Platform.SLACK, payload.tenant(), "shortcut|" + trigger),
        payload.reply(urls, now, false));
  }

  /** The first execution id in any text of the message, empty when there is none. */
  private static String execution(@org.jspecify.annotations.Nullable Object message) {
    if (message instanceof String) {
      return inText((String) message);
    }
    Iterable<?> parts = message instanceof Map
        ? ((Map<?, ?>) message).values()
        : message instanceof List ? (List<?>) message : List.of();
    for (Object part : parts) {
      String found = execution(part);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  private static String inText(String text) {
    int start = text.indexOf(EXECUTION);
    while (start >= 0) {
      int end = start + EXECUTION.length();
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      if (end - start == EXECUTION.length() + DIGITS) {
        return text.substring(start, end);
      }
      start = text.indexOf(EXECUTION, end);
    }
    return "";
  }

  private static boolean isDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= '2' && c <= '7';
  }
}
