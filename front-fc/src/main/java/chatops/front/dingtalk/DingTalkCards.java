package chatops.front.dingtalk;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.EventKey;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.link.CardToken;
import chatops.chat.link.LinkKey;
import chatops.chat.render.Message;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.text.Texts;
import chatops.front.chat.ChatPlatform;
import chatops.front.chat.Incoming;
import chatops.front.chat.Incoming.Settled;
import chatops.front.chat.Verification;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The callback of DingTalk's interactive cards (open.dingtalk.com, "Event callback of cards"): who pressed comes from DingTalk. Its
 * signature does not cover the body, so a press must also bring the token that only our own card carries. Immutable.
 */
public final class DingTalkCards implements ChatPlatform {
  private static final int BODY_BYTES = 64 * 1024;
  private static final int REASON = 500;
  private static final List<String> ACTIONS = List.of("approve", "reject", "retry", "skip", "stop");
  private static final String TIMESTAMP = "x-ddpaas-signature-timestamp";
  private static final String SIGNATURE = "x-ddpaas-signature";

  private final DingTalkSettings settings;
  private final DingTalkSignature signature;
  private final LinkKey key;
  private final Texts texts;
  private final InstantSource clock;

  public DingTalkCards(DingTalkSettings settings, LinkKey key, Texts texts, InstantSource clock) {
    this.settings = settings;
    this.signature = DingTalkSignature.ofCard(settings.cardSecrets());
    this.key = key;
    this.texts = texts;
    this.clock = clock;
  }

  @Override
  public Verification verify(HttpRequest request) {
    if (request.body().length > BODY_BYTES) {
      return new Verification.Rejected("body of " + request.body().length + " bytes");
    }
    return signature.verify(request.header(TIMESTAMP), request.header(SIGNATURE), clock.instant());
  }

  @Override
  public Incoming read(HttpRequest request) {
    try {
      return read(request, JsonReader.object(request.body()));
    } catch (JsonException e) {
      String reason = "malformed body: " + e.getMessage();
      return new Settled(HttpReply.text(400, reason), reason);
    }
  }

  private Incoming read(HttpRequest request, JsonObject body) {
    String corporation = body.text("corpId", "");
    if (!settings
        .rights()
        .current()
        .configuration()
        .dingtalk()
        .corporations()
        .contains(corporation)) {
      return new Settled(HttpReply.UNAUTHORIZED, "another corporation");
    }
    String person = body.text("userId", "");
    JsonObject pressed = JsonObject.of(JsonReader.read(body.text("content", "{}")), "content")
        .objectOrEmpty("cardPrivateData");
    JsonObject parameters = pressed.objectOrEmpty("params");
    List<String> actions = pressed.texts("actionIds");
    String action = parameters.text("action", actions.isEmpty() ? "" : actions.get(0));
    if (person.isEmpty() || !ACTIONS.contains(action)) {
      return new Settled(HttpReply.json(Map.of()), "nobody pressed, or an action that is not ours");
    }
    Optional<CardToken> token = key.readCard(parameters.text("token", ""));
    String card = body.text("outTrackId", "");
    if (token.isEmpty() || !token.get().approval().toString().equals(card)) {
      return new Settled(HttpReply.UNAUTHORIZED, "the press brings no token of this card");
    }
    if (token.get().isExpired(clock.instant())) {
      Language language = settings.rights().current().configuration().language();
      return new Settled(note(language, "front.card.expired"), "the card is too old");
    }
    return pressed(
        request, corporation, person, action, parameters.text("reason", ""), token.get());
  }

  private Incoming pressed(
      HttpRequest request,
      String corporation,
      String person,
      String action,
      String reason,
      CardToken token) {
    String card = token.approval().toString();
    String body = new String(request.body(), StandardCharsets.UTF_8);
    String at = request.header(TIMESTAMP);
    return new Incoming.Pressed(
        new Principal(Platform.DINGTALK, corporation, person, ""),
        new Place(Platform.DINGTALK, corporation, token.channel()),
        action,
        card,
        new EventKey(
            Platform.DINGTALK,
            corporation,
            "card|" + card + "|" + action + "|" + person + "|" + at),
        new ReplyAddress(
            Platform.DINGTALK,
            corporation,
            token.channel(),
            person,
            "",
            Instant.EPOCH,
            0,
            true,
            card,
            false),
        DingTalkPlatform.guard(at, request.header(SIGNATURE), body),
        reason.length() > REASON ? reason.substring(0, REASON) : reason);
  }

  @Override
  public HttpReply acknowledge(Incoming.Said said, Message message) {
    // a card says nothing in words
    return HttpReply.json(Map.of());
  }

  /** To the person who pressed alone; the card itself is changed when the decision is there. */
  @Override
  public HttpReply acknowledge(Incoming.Pressed pressed, boolean arrived) {
    Language language =
        settings.rights().current().configuration().language(pressed.principal(), pressed.place());
    return note(language, arrived ? "front.card.received" : "front.card.unsure");
  }

  @Override
  public HttpReply spent() {
    return note(settings.rights().current().configuration().language(), "front.card.unsure");
  }

  private HttpReply note(Language language, String text) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "cardUpdateOptions", Map.of("updateCardDataByKey", true, "updatePrivateDataByKey", true));
    json.put("userPrivateData", Map.of("cardParamMap", Map.of("note", texts.say(language, text))));
    return HttpReply.json(json);
  }
}
