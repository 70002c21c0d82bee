package chatops.front.slack;

import chatops.chat.json.JsonException;
import chatops.chat.render.Message;
import chatops.chat.render.SlackBlocks;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.front.chat.ChatPlatform;
import chatops.front.chat.Incoming;
import chatops.front.chat.Incoming.Settled;
import chatops.front.chat.Verification;
import chatops.front.http.Form;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Slack's slash commands and buttons. Immutable. */
public final class SlackPlatform implements ChatPlatform {
  private static final int COMMAND_BYTES = 16 * 1024;
  private static final int PAYLOAD_BYTES = 256 * 1024;
  private static final List<String> HOSTS = List.of("hooks.slack.com", "hooks.slack-gov.com");

  private final SlackSettings settings;
  private final SlackSignature signature;
  private final UrlGuard urls;
  private final InstantSource clock;

  public SlackPlatform(SlackSettings settings, InstantSource clock) {
    this.settings = settings;
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
      return request.path().endsWith("/interactive") ? click(form) : command(form);
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

  private Incoming click(Form form) {
    SlackClick click = SlackClick.parse(form.get("payload"));
    if (!isOurs(click.token(), click.app())) {
      return new Settled(HttpReply.UNAUTHORIZED, "token or api_app_id is another app's");
    }
    return click.read(urls, clock.instant());
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

  private static int limit(HttpRequest request) {
    return request.path().endsWith("/interactive") ? PAYLOAD_BYTES : COMMAND_BYTES;
  }
}
