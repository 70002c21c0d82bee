package chatops.cloudsim.dingtalk;

import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.journal.Journal;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * One enterprise in DingTalk with an application robot: people mention the robot in a group, which reaches the app as a signed callback; what the app answers, posts to the
 * session web hook or sends through a custom robot stands in the group. Thread-safe.
 */
public final class DingTalk {
  /** How long the platform waits for the app's answer; not documented, so a value third parties assume. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final DingTalkApp app;
  private final InstantSource clock;
  private final Names names;
  private final WebClient client;
  private final DingTalkGroups groups;
  private final CustomRobots robots;
  private final SessionWebhooks sessions;
  private final Cards cards;
  private final WebApi api;
  private volatile URI webhookBase = URI.create("https://oapi.dingtalk.com");
  private volatile URI callbackUrl = URI.create("http://127.0.0.1:1/");

  public DingTalk(
      DingTalkApp app, InstantSource clock, Names names, WebClient client, Journal journal) {
    this.app = app;
    this.clock = clock;
    this.names = names;
    this.client = client;
    groups = new DingTalkGroups(clock, journal);
    robots = new CustomRobots(clock, names, groups);
    sessions = new SessionWebhooks(clock, names, groups, journal);
    cards = new Cards(app, clock, journal);
    api = new WebApi(app, clock, names.apart("api"), groups, cards);
  }

  public DingTalkApp app() {
    return app;
  }

  public DingTalkGroups groups() {
    return groups;
  }

  public CustomRobots robots() {
    return robots;
  }

  public SessionWebhooks sessions() {
    return sessions;
  }

  public Cards cards() {
    return cards;
  }

  /** What the application calls. */
  public WebApi api() {
    return api;
  }

  /**
   * A person presses a button of a card, which sends its parameters back. What the application answers is shown at once.
   *
   * @param parameters of the button, beside the card's own {@code token}
   */
  public Callback press(String user, String card, Map<String, String> parameters) {
    DingTalkCard pressed =
        cards.find(card).orElseThrow(() -> new IllegalArgumentException("no card " + card));
    Cards.Route route = cards
        .route(pressed)
        .orElseThrow(() -> new IllegalArgumentException("no callback for " + pressed.route()));
    String timestamp = String.valueOf(clock.instant().toEpochMilli());
    List<Map.Entry<String, String>> headers = List.of(
        Map.entry("Content-Type", "application/json; charset=utf-8"),
        Map.entry("x-ddpaas-signature-timestamp", timestamp),
        Map.entry("x-ddpaas-signature", cardSignature(timestamp, route.secret())));
    Callback callback =
        exchange(route.url(), headers, pressed(user, pressed, parameters), Optional.empty());
    if (callback.status() == 200) {
      RobotMessages.read(callback.answer().getBytes(StandardCharsets.UTF_8))
          .ifPresent(answer -> cards.answered(card, user, answer));
    }
    return callback;
  }

  /** Base64 of HMAC-SHA256 over the time stamp. */
  static String cardSignature(String timestamp, String secret) {
    byte[] digest = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret).hmac(timestamp);
    return Base64.getEncoder().encodeToString(digest);
  }

  private byte[] pressed(String user, DingTalkCard card, Map<String, String> parameters) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    ObjectNode data = content.putObject("cardPrivateData");
    data.putArray("actionIds").add(parameters.getOrDefault("action", "button"));
    ObjectNode params = data.putObject("params");
    parameters.forEach(params::put);
    params.put("token", card.values().path("token").asText());
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "actionCallback")
        .put("outTrackId", card.name())
        .put("corpId", app.corpId())
        .put("userId", user)
        .put("content", content.toString())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Where session web hooks point; set by whoever serves them. */
  public void serveWebhooksAt(URI base) {
    webhookBase = base;
  }

  public URI webhookBase() {
    return webhookBase;
  }

  /** The URL of a custom robot, without a signature. */
  public URI webhook(CustomRobots.CustomRobot robot) {
    return URI.create(webhookBase + "/robot/send?access_token=" + robot.accessToken());
  }

  /** The app's message address, as the developer console would name it. */
  public void pointAt(URI callback) {
    callbackUrl = callback;
  }

  /** A member of the enterprise mentions the robot in a group. */
  public Callback say(String group, String staffId, String text) {
    groups.post(group, staffId, textMessage("@robot " + text));
    return send(signed(clock.instant(), app.appSecret()), body(group, staffId, text), group);
  }

  /** The same with another secret or time stamp, as a forger or a late packet would send it. */
  public Callback forged(String group, String staffId, String text, String secret, Instant stamp) {
    return send(signed(stamp, secret), body(group, staffId, text), group);
  }

  /** The very same request once more. */
  public Callback again(Callback earlier, String group) {
    return send(earlier.headers(), earlier.body(), group);
  }

  private Callback send(List<Map.Entry<String, String>> headers, byte[] body, String group) {
    return exchange(callbackUrl, headers, body, Optional.of(group));
  }

  /** @param group where the answer is shown; empty where it is none that is shown */
  private Callback exchange(
      URI url, List<Map.Entry<String, String>> headers, byte[] body, Optional<String> group) {
    long started = System.nanoTime();
    int status = 0;
    String answer = "";
    try {
      WebReply reply = client.send("POST", url, headers, body, PATIENCE);
      status = reply.status();
      answer = reply.text();
    } catch (IOException noAnswer) {
      // shown to the group as nothing at all, which is what people see
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    String said = status == 200 ? answer : "";
    Optional<DingTalkMessage> shown = group.flatMap(each -> shown(said, each));
    return new Callback(url, headers, body, status, answer, took, shown);
  }

  private Optional<DingTalkMessage> shown(String answer, String group) {
    return RobotMessages.read(answer.getBytes(StandardCharsets.UTF_8))
        .filter(message -> RobotMessages.complaint(message).isEmpty())
        .map(message -> groups.post(group, "robot", message));
  }

  private static List<Map.Entry<String, String>> signed(Instant stamp, String secret) {
    String timestamp = String.valueOf(stamp.toEpochMilli());
    return List.of(
        Map.entry("Content-Type", "application/json; charset=utf-8"),
        Map.entry("timestamp", timestamp),
        Map.entry("sign", CustomRobots.sign(timestamp, secret)));
  }

  private byte[] body(String group, String staffId, String text) {
    Instant now = clock.instant();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("conversationId", group)
        .put("conversationTitle", groups.title(group))
        .put("conversationType", "2");
    body.putArray("atUsers").addObject().put("dingtalkId", app.chatbotUserId());
    body.put("chatbotCorpId", app.corpId()).put("chatbotUserId", app.chatbotUserId());
    body.put("robotCode", app.robotCode()).put("isInAtList", true).put("isAdmin", false);
    body.put("msgId", "msg" + names.word(22)).put("createAt", now.toEpochMilli());
    body.put("senderNick", staffId).put("senderId", "$:LWCP_v1:$" + staffId);
    body.put("senderStaffId", staffId).put("senderCorpId", app.corpId());
    body.put(
        "sessionWebhook", webhookBase + "/robot/sendBySession?session=" + sessions.mint(group));
    body.put("sessionWebhookExpiredTime", now.plus(SessionWebhooks.LIFE).toEpochMilli());
    body.setAll(textMessage(" " + text));
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode textMessage(String text) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("msgtype", "text");
    message.putObject("text").put("content", text);
    return message;
  }
}
