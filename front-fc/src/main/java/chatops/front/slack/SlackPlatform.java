package chatops.front.slack;

import chatops.chat.Language;
import chatops.chat.json.JsonException;
import chatops.chat.render.Message;
import chatops.chat.render.SlackBlocks;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.slack.SlackClient;
import chatops.chat.text.Texts;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.front.chat.ChatPlatform;
import chatops.front.chat.Dialog;
import chatops.front.chat.Incoming;
import chatops.front.chat.Incoming.Settled;
import chatops.front.chat.Verification;
import chatops.front.http.Form;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Slack's slash commands, buttons, modals and shortcuts. Thread-safe. */
public final class SlackPlatform implements ChatPlatform {
  private static final int COMMAND_BYTES = 16 * 1024;
  private static final int PAYLOAD_BYTES = 256 * 1024;
  private static final List<String> HOSTS = List.of("hooks.slack.com", "hooks.slack-gov.com");

  private final SlackSettings settings;
  private final SlackSignature signature;
  private final UrlGuard urls;
  private final Texts texts;
  private final InstantSource clock;
  private final FrontLog log;

  private @Nullable SlackDialogs dialogs;

  public SlackPlatform(SlackSettings settings, Texts texts, InstantSource clock, FrontLog log) {
    this.settings = settings;
    this.texts = texts;
    this.log = log;
    this.signature = new SlackSignature(settings.secrets());
    this.urls = UrlGuard.of(HOSTS, settings.loopbackAllowed());
    this.clock = clock;
  }

  @Override
  public Verification verify(HttpRequest request) {
    if (request.body().length > limit(request)) {
      return new Verification.Rejected("body of " + request.body().length + " bytes");
    }
    return signature.verify(
        request.header("X-Slack-Request-Timestamp"),
        request.header("X-Slack-Signature"),
        request.body(),
        clock.instant());
  }

  /** Whether this is Slack's look at our certificate, which may come unsigned and leads to nothing. */
  public static boolean isCertificateCheck(HttpRequest request) {
    if (request.isGetOrHead()) {
      return request.parameter("ssl_check").equals("1");
    }
    boolean unsigned = request.header("X-Slack-Signature").isEmpty();
    String body = unsigned && request.body().length < 256
        ? new String(request.body(), StandardCharsets.UTF_8)
        : "";
    return body.equals("ssl_check=1")
        || body.startsWith("ssl_check=1&")
        || body.endsWith("&ssl_check=1");
  }

  @Override
  public Incoming read(HttpRequest request) {
    try {
      Form form = Form.parse(request.body());
      if (form.get("ssl_check").equals("1")) {
        return new Settled(HttpReply.empty(200), "ssl_check");
      }
      return request.path().endsWith("/interactive") ? interaction(form) : command(form);
    } catch (Form.MalformedForm | JsonException e) {
      String reason = "malformed body: " + e.getMessage();
      return new Settled(HttpReply.text(400, reason), reason);
    } catch (UrlRefusedException e) {
      String reason = "response_url: " + e.getMessage();
      return new Settled(HttpReply.text(400, reason), reason);
    }
  }

  private Incoming command(Form form) {
    if (!isOurs(form.get("token"), form.get("api_app_id"))) {
      return new Settled(HttpReply.UNAUTHORIZED, "token or api_app_id is another app's");
    }
    return SlackCommand.read(form, urls, clock.instant());
  }

  private Incoming interaction(Form form) {
    SlackPayload payload = SlackPayload.parse(form.get("payload"));
    if (!isOurs(payload.token(), payload.app())) {
      return new Settled(HttpReply.UNAUTHORIZED, "token or api_app_id is another app's");
    }
    switch (payload.type()) {
      case "block_actions":
        return SlackClick.read(payload, urls, clock.instant());
      case "view_submission":
        return SlackSubmission.read(payload, urls, clock.instant());
      case "block_suggestion":
        return SlackSubmission.typing(payload);
      case "shortcut":
      case "message_action":
        return SlackShortcut.read(payload, urls, clock.instant());
      case "view_closed":
        return new Settled(HttpReply.empty(200), "a view was closed");
      default:
        return new Settled(HttpReply.empty(200), "payload type we offer nothing for");
    }
  }

  private boolean isOurs(String token, String app) {
    boolean sameToken = settings.token().isEmpty()
        || MessageDigest.isEqual(
            settings.token().getBytes(StandardCharsets.UTF_8),
            token.getBytes(StandardCharsets.UTF_8));
    return sameToken && (settings.apps().isEmpty() || settings.apps().contains(app));
  }

  @Override
  public HttpReply acknowledge(Incoming.Said said, Message message) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("response_type", "ephemeral");
    json.putAll(SlackBlocks.render(message));
    return HttpReply.json(json);
  }

  @Override
  public HttpReply acknowledge(Incoming.Pressed pressed, boolean arrived) {
    // the body of this answer is never shown; a failure shows as a warning beside the button
    return HttpReply.empty(arrived ? 200 : 503);
  }

  @Override
  public boolean hasDialogs() {
    return !settings.botToken().isEmpty();
  }

  @Override
  public boolean open(Dialog dialog, String trigger, Duration limit) {
    return dialogs().open(dialog, trigger, limit);
  }

  @Override
  public HttpReply show(Dialog dialog) {
    return dialogs().show(dialog);
  }

  @Override
  public HttpReply wrong(Map<String, String> errors) {
    return SlackDialogs.wrong(errors);
  }

  @Override
  public HttpReply noTemplate(Language language) {
    return dialogs().noTemplate(language);
  }

  @Override
  public HttpReply choices(List<String> names) {
    return SlackDialogs.choices(names);
  }

  @Override
  public boolean tell(ReplyAddress address, Message message, Duration limit) {
    return dialogs().tell(address, message, limit);
  }

  private synchronized SlackDialogs dialogs() {
    if (dialogs == null) {
      SlackClient client = settings.botToken().isEmpty()
          ? null
          : new SlackClient(
              UrlGuard.of(List.of("slack.com", "slack-gov.com"), settings.loopbackAllowed()),
              settings.apiUrl(),
              settings.botToken());
      dialogs = new SlackDialogs(client, urls, texts, log);
    }
    return dialogs;
  }

  private static int limit(HttpRequest request) {
    return request.path().endsWith("/interactive") ? PAYLOAD_BYTES : COMMAND_BYTES;
  }
}
