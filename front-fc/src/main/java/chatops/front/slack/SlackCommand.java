package chatops.front.slack;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.EventKey;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.url.UrlGuard;
import chatops.front.chat.Incoming;
import chatops.front.http.Form;
import chatops.front.http.HttpReply;
import java.time.Duration;
import java.time.Instant;

/** A slash command's form (docs.slack.dev, "Implementing slash commands"). */
final class SlackCommand {
  /** How long a {@code response_url} lives, and how many posts it takes. */
  static final Duration URL_LIFE = Duration.ofMinutes(30);

  static final int URL_USES = 5;

  private SlackCommand() {}

  static Incoming read(Form form, UrlGuard urls, Instant now) {
    String team = form.get("team_id");
    String user = form.get("user_id");
    String channel = form.get("channel_id");
    String trigger = form.get("trigger_id");
    String missing = missing(
        "team_id",
        team,
        "user_id",
        user,
        "channel_id",
        channel,
        "trigger_id",
        trigger,
        "command",
        form.get("command"));
    if (!missing.isEmpty()) {
      String reason = "field " + missing + " is missing";
      return new Incoming.Settled(HttpReply.text(400, reason), reason);
    }
    String tenant = tenant(form.get("enterprise_id"), team);
    String url = form.get("response_url");
    if (!url.isEmpty()) {
      urls.checkForm(url);
    }
    return new Incoming.Said(
        new Principal(Platform.SLACK, tenant, user, form.get("user_name")),
        new Place(Platform.SLACK, tenant, channel),
        form.get("command"),
        unescape(form.get("text")),
        new EventKey(Platform.SLACK, tenant, trigger),
        new ReplyAddress(
            Platform.SLACK, tenant, channel, user, url, now.plus(URL_LIFE), URL_USES, false),
        null,
        // what is answered at once is shown to the person alone
        true);
  }

  /** {@code E…/T…} in an enterprise, else {@code T…}. */
  static String tenant(String enterprise, String team) {
    return enterprise.isEmpty() ? team : enterprise + "/" + team;
  }

  private static String missing(String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1].isEmpty()) {
        return namesAndValues[i];
      }
    }
    return "";
  }

  /** Undoes Slack's escaping once, links before entities. */
  static String unescape(String text) {
    return unlink(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** {@code <https://example.com|example.com>} is what was typed as a link: the address alone. */
  private static String unlink(String text) {
    int open = text.indexOf("<http");
    if (open < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (open >= 0) {
      int close = text.indexOf('>', open);
      if (close < 0) {
        break;
      }
      int bar = text.indexOf('|', open);
      out.append(text, at, open).append(text, open + 1, bar > 0 && bar < close ? bar : close);
      at = close + 1;
      open = text.indexOf("<http", at);
    }
    return out.append(text, at, text.length()).toString();
  }
}
