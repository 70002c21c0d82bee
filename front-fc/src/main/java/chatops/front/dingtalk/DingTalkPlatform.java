package chatops.front.dingtalk;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.render.DingTalkMarkdown;
import chatops.chat.render.Message;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.rights.Configuration;
import chatops.chat.text.Texts;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.front.chat.ChatPlatform;
import chatops.front.chat.Incoming;
import chatops.front.chat.Incoming.Settled;
import chatops.front.chat.Verification;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The callback of DingTalk's application robot (open.dingtalk.com, "Robot receives messages"). Immutable. */
public final class DingTalkPlatform implements ChatPlatform {
  /** {@code conversationType} of a person with the robot alone. */
  private static final String ALONE = "1";

  private static final int BODY_BYTES = 64 * 1024;
  private static final long CREATED_APART_MILLIS = 300_000;
  private static final List<String> HOSTS = List.of("oapi.dingtalk.com", "api.dingtalk.com");

  private final DingTalkSettings settings;
  private final DingTalkSignature signature;
  private final UrlGuard urls;
  private final Texts texts;
  private final InstantSource clock;

  public DingTalkPlatform(DingTalkSettings settings, Texts texts, InstantSource clock) {
    this.settings = settings;
    this.signature = DingTalkSignature.ofRobot(settings.secrets());
    this.urls = UrlGuard.of(HOSTS, settings.loopbackAllowed());
    this.texts = texts;
    this.clock = clock;
  }

  @Override
  public Verification verify(HttpRequest request) {
    if (request.body().length > BODY_BYTES) {
      return new Verification.Rejected("body of " + request.body().length + " bytes");
    }
    return signature.verify(request.header("timestamp"), request.header("sign"), clock.instant());
  }

  @Override
  public Incoming read(HttpRequest request) {
    DingTalkEnvelope envelope = settings.envelope();
    byte[] body =
        envelope == null ? request.body() : envelope.open(request.body()).orElse(null);
    if (body == null) {
      // one answer for all of it: what differs would help to guess
      return new Settled(HttpReply.UNAUTHORIZED, "the body is no envelope of DINGTALK_AES_KEY");
    }
    try {
      return read(request, body, JsonReader.object(body));
    } catch (JsonException e) {
      String reason = "malformed body: " + e.getMessage();
      return new Settled(HttpReply.text(400, reason), reason);
    } catch (UrlRefusedException e) {
      // the body is not signed: this check is what keeps a forged one from choosing where answers
      // go
      return new Settled(HttpReply.UNAUTHORIZED, "sessionWebhook: " + e.getMessage());
    }
  }

  private Incoming read(HttpRequest request, byte[] bytes, JsonObject body) {
    String corporation = body.text("senderCorpId", "");
    String robotCorporation = body.text("chatbotCorpId", "");
    Configuration.DingTalk known = settings.rights().current().configuration().dingtalk();
    boolean ours = known.corporations().contains(corporation)
        && known.corporations().contains(robotCorporation)
        && (known.robots().isEmpty() || known.robots().contains(body.text("robotCode", "")));
    if (!ours) {
      return new Settled(HttpReply.UNAUTHORIZED, "another corporation or robot");
    }
    long created = body.number("createAt", Long.parseLong(request.header("timestamp")));
    if (Math.abs(created - Long.parseLong(request.header("timestamp"))) > CREATED_APART_MILLIS) {
      return new Settled(HttpReply.UNAUTHORIZED, "createAt is far from the signed timestamp");
    }
    String staff = body.text("senderStaffId", "");
    if (staff.isEmpty()) {
      return new Settled(plain("front.dingtalk.nobody"), "senderStaffId is missing");
    }
    if (!body.text("msgtype", "").equals("text")) {
      return new Settled(plain("front.dingtalk.text"), "message is no text");
    }
    return said(request, bytes, body, corporation, staff);
  }

  private Incoming said(
      HttpRequest request, byte[] bytes, JsonObject body, String corporation, String staff) {
    String message = body.text("msgId");
    String conversation = body.text("conversationId");
    String url = body.text("sessionWebhook", "");
    if (!url.isEmpty()) {
      urls.checkForm(url);
    }
    Instant expires =
        Instant.ofEpochMilli(body.number("sessionWebhookExpiredTime", clock.millis()));
    boolean isAlone = body.text("conversationType", "").equals(ALONE);
    String text = body.object("text").text("content").strip();
    return new Incoming.Said(
        new Principal(Platform.DINGTALK, corporation, staff, body.text("senderNick", "")),
        new Place(Platform.DINGTALK, corporation, conversation),
        "",
        text,
        new EventKey(Platform.DINGTALK, corporation, message),
        new ReplyAddress(
            Platform.DINGTALK,
            corporation,
            conversation,
            staff,
            url,
            expires,
            0,
            false,
            "",
            isAlone),
        guard(request, message, bytes),
        isAlone);
  }

  /** Hashes of the signed pair and of what came with it, so that Execution can refuse the pair with another body. */
  private static HandOver.Guard guard(HttpRequest request, String message, byte[] bytes) {
    String body = new String(bytes, StandardCharsets.UTF_8);
    return guard(request.header("timestamp"), request.header("sign"), message + "\n" + body);
  }

  static HandOver.Guard guard(String timestamp, String sign, String message) {
    return new HandOver.Guard(EventKey.hex(timestamp + "\n" + sign), EventKey.hex(message));
  }

  @Override
  public HttpReply acknowledge(Incoming.Said said, Message message) {
    return HttpReply.json(
        DingTalkMarkdown.render(message, List.of(said.principal().user())));
  }

  @Override
  public HttpReply acknowledge(Incoming.Pressed pressed, boolean arrived) {
    return HttpReply.json(Map.of("msgtype", "empty"));
  }

  @Override
  public HttpReply spent() {
    return plain("front.dingtalk.spent");
  }

  private HttpReply plain(String key) {
    return HttpReply.json(Map.of(
        "msgtype",
        "text",
        "text",
        Map.of("content", texts.say(settings.rights().current().configuration().language(), key))));
  }
}
