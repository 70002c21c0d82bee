package chatops.execution.notify;

import chatops.chat.Place;
import chatops.chat.render.DingTalkMarkdown;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Button;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Rights;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said in DingTalk. Questions by a card where one is configured; everything else by the {@code sessionWebhook} that came with the
 * message, until it ends; then by the application robot, then by the group's custom robot; where one refuses, by the next. Nothing can be private in a group, so a
 * private answer mentions its person. Thread-safe.
 */
public final class DingTalkReplies {
  private static final int LINE = 160;

  private final @Nullable DingTalkCardPosts cards;
  private final Digests digests;
  private final LiveRights rights;
  private final boolean hasApplication;
  private final Map<String, String> robots;
  private final InstantSource clock;

  /**
   * @param cards null where none are configured or can be sent
   * @param hasApplication whether the application robot can speak by itself
   * @param robots web hooks of custom robots by name
   */
  public DingTalkReplies(
      @Nullable DingTalkCardPosts cards,
      Digests digests,
      LiveRights rights,
      boolean hasApplication,
      Map<String, String> robots,
      InstantSource clock) {
    this.cards = cards;
    this.digests = digests;
    this.rights = rights;
    this.hasApplication = hasApplication;
    this.robots = Map.copyOf(robots);
    this.clock = clock;
  }

  Delivery send(ReplyAddress address, Letter letter) {
    if (cards != null && cards.isCard(address, letter)) {
      Delivery delivery = cards.send(address, letter);
      boolean isSaidToo = DingTalkCardPosts.isOutcome(letter) && !letter.isEdit();
      // a card that cannot be made or changed is no reason to tell nobody
      if ((delivery.isDelivered() && !isSaidToo) || letter.isEdit()) {
        return delivery;
      }
    }
    if (letter.isEdit()) {
      // what a robot said stands as it was said; pressing it again tells what was decided
      return Delivery.DONE;
    }
    List<String> people = new ArrayList<>(letter.message().mentions());
    if (!address.user().isEmpty() && !people.contains(address.user())) {
      people.add(address.user());
    }
    Message message = letter.message();
    Map<String, Object> robotMessage = DingTalkMarkdown.render(message, people);
    Digests.Entry entry = new Digests.Entry(line(message), people, List.of(), message.footer());
    List<DingTalkAddress> ways = ways(address);
    Delivery told = null;
    for (int i = 0; i < ways.size(); i++) {
      Delivery delivery = digests.say(
          Digests.place(ways.get(i), address.tenant() + "/" + address.channel()),
          ways.get(i),
          ways.subList(i, ways.size()),
          robotMessage,
          entry,
          !message.buttons().isEmpty());
      if (delivery.state() != Delivery.State.DEAD) {
        return delivery;
      }
      told = told == null ? delivery : told.and(delivery);
    }
    return told == null
        ? Delivery.dead("the sessionWebhook has expired, and there is no other way: set"
            + " DINGTALK_APP_KEY, or a robot for the channel in chatops.yaml")
        : told;
  }

  /** Every way there is, the one that names people best first. */
  private List<DingTalkAddress> ways(ReplyAddress address) {
    List<DingTalkAddress> ways = new ArrayList<>();
    if (address.isUrlUsable(clock.instant(), 0)) {
      ways.add(DingTalkAddress.session(address.url(), address.urlExpiresAt()));
    }
    if (hasApplication && !address.channel().isEmpty()) {
      ways.add(
          address.direct()
              ? DingTalkAddress.always(DingTalkAddress.Kind.PERSON, address.user())
              : DingTalkAddress.always(DingTalkAddress.Kind.GROUP, address.channel()));
    }
    Configuration.Channel channel = rights
        .current()
        .configuration()
        .channels()
        .get(Rights.id(new Place(address.platform(), address.tenant(), address.channel())));
    String robot = channel == null ? null : robots.get(channel.robot());
    if (robot != null) {
      ways.add(DingTalkAddress.always(DingTalkAddress.Kind.ROBOT, robot));
    }
    return ways;
  }

  /** One line of a digest: what there is to know, and what can be done about it. */
  private static String line(Message message) {
    String sign = message.mark().sign().isEmpty() ? "" : message.mark().sign() + " ";
    StringBuilder line = new StringBuilder(sign);
    line.append("**").append(DingTalkMarkdown.escape(cut(message.title()))).append("**");
    if (!message.text().isBlank()) {
      line.append(" ").append(DingTalkMarkdown.escape(cut(message.text())));
    }
    for (Button button : message.buttons()) {
      if (!button.url().isEmpty()) {
        line.append(" [").append(DingTalkMarkdown.escape(button.label())).append("](");
        line.append(button.url()).append(')');
      } else if (!button.command().isEmpty()) {
        line.append(" `").append(button.command()).append('`');
      }
    }
    if (!message.footer().isEmpty()) {
      line.append(" ").append(DingTalkMarkdown.escape(message.footer()));
    }
    return line.toString();
  }

  private static String cut(String text) {
    String first = text.strip().replace('\n', ' ');
    return first.length() > LINE ? first.substring(0, LINE) + "…" : first;
  }
}
