package chatops.front.chat;

import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.reply.ReplyAddress;
import chatops.front.http.HttpReply;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an authentic request says. */
public sealed interface Incoming {
  /**
   * A person typed something.
   *
   * @param name of the slash command; empty where the text holds everything
   * @param isPrivate whether nobody but the person sees what is answered at once
   */
  record Said(
      Principal principal,
      Place place,
      String name,
      String text,
      EventKey event,
      ReplyAddress reply,
      HandOver.@Nullable Guard guard,
      boolean isPrivate)
      implements Incoming {}

  /**
   * A person pressed a button of ours.
   *
   * @param action {@code approve} or {@code reject} an approval; {@code retry}, {@code skip} or {@code stop} a call whose
   *     outcome is unknown
   * @param value what the button carried
   * @param reason what the person wrote beside it; empty where there is no room for that
   */
  record Pressed(
      Principal principal,
      Place place,
      String action,
      String value,
      EventKey event,
      ReplyAddress reply,
      HandOver.@Nullable Guard guard,
      String reason)
      implements Incoming {
    public Pressed(
        Principal principal,
        Place place,
        String action,
        String value,
        EventKey event,
        ReplyAddress reply,
        HandOver.@Nullable Guard guard) {
      this(principal, place, action, value, event, reply, guard, "");
    }
  }

  /**
   * A person sent a window of ours.
   *
   * @param place with the channel empty: the window's context knows it
   * @param isChoice whether it asked which template to run; else it was a form
   * @param context what the window brought back, see {@link chatops.chat.form.FormContext}
   * @param parameters what was typed, by parameter
   * @param template that was chosen or typed, empty in a form
   * @param channel that was chosen for the answer, empty where none was asked for
   * @param window its id, by which Execution can change what it shows
   * @param reply where answers can go; its channel is empty where none was chosen
   */
  record Submitted(
      Principal principal,
      Place place,
      boolean isChoice,
      String context,
      Map<String, String> parameters,
      String template,
      String channel,
      String window,
      EventKey event,
      ReplyAddress reply)
      implements Incoming {
    public Submitted {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  /**
   * A person used a shortcut.
   *
   * @param place with the channel empty where a shortcut has none
   * @param command as the person could have typed it: {@code oos run}, {@code oos show exec-…}
   * @param trigger opens one window, for a short while
   */
  record Asked(
      Principal principal,
      Place place,
      String command,
      String trigger,
      EventKey event,
      ReplyAddress reply)
      implements Incoming {}

  /**
   * A person types a template's name into a select that asks us what there is.
   *
   * @param place with the channel empty: the window's context knows it
   */
  record Typing(Principal principal, Place place, String text, String context)
      implements Incoming {}

  /** Something that is answered right away: a handshake, a malformed body, a kind of event we do not use. */
  record Settled(HttpReply reply, String reason) implements Incoming {}
}
