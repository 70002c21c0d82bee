package chatops.front.chat;

import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.reply.ReplyAddress;
import chatops.front.http.HttpReply;
import org.jspecify.annotations.Nullable;

/** What an authentic request says. */
public sealed interface Incoming {
  /**
   * A person typed something.
   *
   * @param name of the slash command; empty where the text holds everything
   */
  record Said(
      Principal principal,
      Place place,
      String name,
      String text,
      EventKey event,
      ReplyAddress reply,
      HandOver.@Nullable Guard guard)
      implements Incoming {}

  /**
   * A person pressed a button of ours.
   *
   * @param value what the button carried
   */
  record Pressed(
      Principal principal,
      Place place,
      boolean approve,
      String value,
      EventKey event,
      ReplyAddress reply,
      HandOver.@Nullable Guard guard)
      implements Incoming {}

  /** Something that is answered right away: a handshake, a malformed body, a kind of event we do not use. */
  record Settled(HttpReply reply, String reason) implements Incoming {}
}
