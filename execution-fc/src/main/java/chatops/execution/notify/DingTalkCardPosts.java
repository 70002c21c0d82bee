package chatops.execution.notify;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.link.LinkKey;
import chatops.chat.render.DingTalkMarkdown;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Button;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Questions as interactive cards (open.dingtalk.com, "Create and deliver cards"), whose buttons tell who pressed. The card's name is the
 * approval's, so that asking again makes no second card, and whoever knows the approval can change its card. Its template has these
 * variables: {@code title}, {@code text}, {@code status} ({@code open}, else how it came out), {@code link}, {@code token} (which each
 * button must send back as a parameter), and, for one person each, {@code note}. Thread-safe.
 */
public final class DingTalkCardPosts {
  /** A value has at most 1 KB. */
  private static final int VALUE_BYTES = 1000;

  private static final Duration LIFE = Duration.ofDays(90);
  private static final String OPEN = "open";

  private final DingTalkApi api;
  private final LinkKey key;
  private final LiveRights rights;
  private final InstantSource clock;

  public DingTalkCardPosts(DingTalkApi api, LinkKey key, LiveRights rights, InstantSource clock) {
    this.api = api;
    this.key = key;
    this.rights = rights;
    this.clock = clock;
  }

  /** Whether a letter is for a card: a question, what became of it, or an answer to who pressed. */
  boolean isCard(ReplyAddress address, Letter letter) {
    boolean isConfigured =
        !rights.current().configuration().dingtalk().cardTemplate().isEmpty();
    boolean isQuestion = letter.thread().startsWith(Letter.APPROVAL)
        && !subject(letter.message()).isEmpty()
        && !letter.isAnew()
        && !address.channel().isEmpty();
    boolean isAnswer = !address.message().isEmpty() && (letter.replaces() || letter.isPrivate());
    return isConfigured && (isQuestion || isOutcome(letter) || isAnswer);
  }

  /** Whether it says how an approval came out, which its card says from then on. */
  static boolean isOutcome(Letter letter) {
    return letter.thread().startsWith(Letter.APPROVAL)
        && subject(letter.message()).isEmpty();
  }

  Delivery send(ReplyAddress address, Letter letter) {
    if (!address.message().isEmpty() && letter.isPrivate()) {
      return api.updateCard(note(address, letter.message())).delivery();
    }
    if (isOutcome(letter)) {
      return edited(letter.thread().substring(Letter.APPROVAL.length()), letter.message());
    }
    if (letter.replaces()) {
      return api.updateCard(changed(address.message(), letter.message())).delivery();
    }
    return api.createCard(created(address, letter.message())).delivery();
  }

  /** A card that was never made, because the question went out as a message, has nothing to be changed. */
  private Delivery edited(String card, Message message) {
    Delivery delivery = api.updateCard(changed(card, message)).delivery();
    return delivery.state() == Delivery.State.DEAD ? Delivery.DONE : delivery;
  }

  private Map<String, Object> created(ReplyAddress address, Message message) {
    Configuration.DingTalk dingtalk = rights.current().configuration().dingtalk();
    ApprovalRef subject = ApprovalRef.parse(subject(message));
    Map<String, Object> parameters = parameters(message, OPEN);
    parameters.put("token", key.card(subject, address.channel(), clock.instant().plus(LIFE)));
    for (Button button : message.buttons()) {
      if (!button.url().isEmpty()) {
        parameters.put("link", button.url());
      }
    }
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("cardTemplateId", dingtalk.cardTemplate());
    card.put("outTrackId", subject.toString());
    card.put("callbackType", "HTTP");
    card.put("callbackRouteKey", dingtalk.cardRoute());
    card.put("cardData", Map.of("cardParamMap", parameters));
    card.put("userIdType", 1L);
    Map<String, Object> delivery = new LinkedHashMap<>();
    delivery.put("robotCode", api.robotCode());
    if (address.direct()) {
      card.put("openSpaceId", "dtv1.card//IM_ROBOT." + address.user());
      // forwarded, it would ask people who are not meant
      card.put("imRobotOpenSpaceModel", Map.of("supportForward", false));
      card.put("imRobotOpenDeliverModel", Map.of("spaceType", "IM_ROBOT"));
    } else {
      card.put("openSpaceId", "dtv1.card//IM_GROUP." + address.channel());
      card.put("imGroupOpenSpaceModel", Map.of("supportForward", false));
      if (!message.mentions().isEmpty()) {
        Map<String, String> names = new LinkedHashMap<>();
        message.mentions().forEach(user -> names.put(user, user));
        delivery.put("atUserIds", names);
      }
      card.put("imGroupOpenDeliverModel", delivery);
    }
    return card;
  }

  private static Map<String, Object> changed(String card, Message message) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outTrackId", card);
    json.put("cardData", Map.of("cardParamMap", parameters(message, message.title())));
    json.put("cardUpdateOptions", Map.of("updateCardDataByKey", true));
    json.put("userIdType", 1L);
    return json;
  }

  private static Map<String, Object> note(ReplyAddress address, Message message) {
    String note = (message.title() + "\n" + message.text()).strip();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outTrackId", address.message());
    json.put(
        "privateData", Map.of(address.user(), Map.of("cardParamMap", Map.of("note", fit(note)))));
    json.put("cardUpdateOptions", Map.of("updatePrivateDataByKey", true));
    json.put("userIdType", 1L);
    return json;
  }

  private static Map<String, Object> parameters(Message message, String status) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    for (Message.Field field : message.fields()) {
      text.append("- **").append(DingTalkMarkdown.escape(field.label())).append("**: ");
      text.append(DingTalkMarkdown.escape(field.value())).append('\n');
    }
    if (!message.text().isEmpty()) {
      text.insert(0, DingTalkMarkdown.escape(message.text()) + "\n\n");
    }
    text.append('\n').append(message.footer());
    parameters.put("title", fit(message.title()));
    parameters.put("text", fit(text.toString().strip()));
    parameters.put("status", fit(status));
    return parameters;
  }

  private static String fit(String text) {
    StringBuilder fitting = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int point = text.codePointAt(i);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > VALUE_BYTES) {
        return fitting.append('…').toString();
      }
      fitting.appendCodePoint(point);
    }
    return fitting.toString();
  }

  /** The value behind an approval's buttons; empty for every other message. */
  private static String subject(Message message) {
    return message.buttons().stream()
        .filter(button -> button.id().equals("approve"))
        .map(Button::value)
        .findFirst()
        .orElse("");
  }
}
