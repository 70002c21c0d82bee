package chatops.front;

import chatops.chat.fc.FunctionClient;
import chatops.chat.json.JsonException;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.RightsSource;
import chatops.chat.text.Texts;
import chatops.front.chat.ChatDoor;
import chatops.front.dingtalk.DingTalkCards;
import chatops.front.dingtalk.DingTalkPlatform;
import chatops.front.dingtalk.DingTalkSettings;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.gateway.FcExecutionGateway;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpEvent;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import chatops.front.page.Pages;
import chatops.front.push.PushDoor;
import chatops.front.push.PushSettings;
import chatops.front.slack.SlackPlatform;
import chatops.front.slack.SlackSettings;
import chatops.runtime.HttpTriggerHandler;
import com.aliyun.fc.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Front function: an HTTP-trigger event in, an HTTP reply out. It never throws, because a stranger can have a thrown error
 * retried at our cost; it starts with complete settings or not at all. Thread-safe.
 */
public final class FrontHandler implements HttpTriggerHandler {
  private static final int EVENT_BYTES = 1 << 20;

  private final FunctionRole role = new FunctionRole();
  private final RequestLog log;
  private final LiveRights rights;
  private final @Nullable SlackPlatform slack;
  private final ChatDoor chat;
  private final Settings settings;
  private final Texts texts = new Texts();
  private final ExecutionGateway gateway;
  private final InstantSource clock;

  // what the first request of a Slack command does not need is made when it is asked for
  private @Nullable DingTalkPlatform dingtalk;
  private @Nullable DingTalkCards cards;
  private @Nullable Pages pages;
  private @Nullable PushDoor pushes;

  /** For the platform: settings from the process environment. */
  public FrontHandler() {
    this(
        System.getenv(),
        new FunctionClientFactory() {
          @Override
          public FunctionClient create(Map<String, String> environment, FunctionClient.Keys keys) {
            return chatops.fc2.FunctionClients.fromEnvironment(environment, keys);
          }
        },
        InstantSource.system(),
        new FrontLog() {
          @Override
          public void line(String line) {
            System.out.println("front " + line);
          }
        });
  }

  /**
   * @param environment names and values as docs/environment.md lists them
   * @throws SettingsException naming every setting that is missing or wrong
   */
  public FrontHandler(
      Map<String, String> environment,
      FunctionClientFactory clients,
      InstantSource clock,
      FrontLog lines) {
    this(environment, clients, clock, lines, null);
  }

  /**
   * For a host that keeps its rights in another form.
   *
   * @param source where the rights are followed; null for what the environment says
   * @throws SettingsException naming every setting that is missing or wrong
   */
  public FrontHandler(
      Map<String, String> environment,
      FunctionClientFactory clients,
      InstantSource clock,
      FrontLog lines,
      @Nullable RightsSource source) {
    List<String> problems = new ArrayList<>();
    Preparation preparation = Preparation.start();
    FunctionClient execution = null;
    try {
      execution = clients.create(environment, role);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    } finally {
      preparation.with(execution);
    }
    Settings settings = Settings.read(environment, problems);
    RequestLog log = new RequestLog(lines);
    LiveRights rights = settings == null ? null : rights(settings, source, clock, log, problems);
    if (settings == null || rights == null || execution == null || !problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    this.settings = settings;
    this.clock = clock;
    this.log = log;
    this.rights = rights;
    this.gateway = new FcExecutionGateway(execution, settings.seal(), log);
    this.slack = slack(settings, texts, clock, log);
    this.chat = new ChatDoor(
        rights,
        settings.seal(),
        gateway,
        texts,
        settings.forms(),
        settings.linkKey(),
        settings.url(),
        clock,
        log);
  }

  private @Nullable LiveRights rights(
      Settings settings,
      @Nullable RightsSource source,
      InstantSource clock,
      FrontLog log,
      List<String> problems) {
    try {
      return source == null
          ? settings.follow(role, clock, log)
          : new LiveRights(settings.configuration(), true, source, clock, log);
    } catch (IllegalArgumentException e) {
      problems.add("CHATOPS_RIGHTS_LIVE, CHATOPS_OSS_ENDPOINT: " + e.getMessage());
      return null;
    }
  }

  private static @Nullable SlackPlatform slack(
      Settings settings, Texts texts, InstantSource clock, FrontLog log) {
    if (settings.slackSecrets().isEmpty()) {
      return null;
    }
    return new SlackPlatform(
        new SlackSettings(
            settings.slackSecrets(),
            settings.slackToken(),
            settings.configuration().slack().apps(),
            settings.slackBotToken(),
            settings.slackApiUrl(),
            settings.loopbackAllowed()),
        texts,
        clock,
        log);
  }

  private synchronized DingTalkPlatform dingtalk() {
    if (dingtalk == null) {
      dingtalk = new DingTalkPlatform(dingtalkSettings(), texts, clock);
    }
    return dingtalk;
  }

  private synchronized DingTalkCards cards() {
    if (cards == null) {
      cards = new DingTalkCards(dingtalkSettings(), settings.linkKey(), texts, clock);
    }
    return cards;
  }

  private DingTalkSettings dingtalkSettings() {
    return new DingTalkSettings(
        settings.dingtalkSecrets(),
        settings.dingtalkCardSecrets(),
        settings.dingtalkEnvelope(),
        rights,
        settings.loopbackAllowed());
  }

  private synchronized Pages pages() {
    if (pages == null) {
      pages = new Pages(
          rights,
          settings.linkKey(),
          settings.url(),
          settings.forms(),
          settings.seal(),
          gateway,
          texts,
          clock,
          log);
    }
    return pages;
  }

  private HttpReply pushed(HttpRequest request) {
    PushSettings wanted = settings.pushes();
    return wanted == null ? HttpReply.empty(404) : pushes(wanted).answer(request);
  }

  private synchronized PushDoor pushes(PushSettings wanted) {
    if (pushes == null) {
      pushes = new PushDoor(wanted, gateway, clock, log);
    }
    return pushes;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    role.renew(context);
    log.begin(requestId(context));
    try {
      output.write(answer(input.readNBytes(EVENT_BYTES + 1)).toEventOutput());
    } finally {
      log.end();
    }
  }

  @Override
  public Answer answer(Request request, @Nullable Context context) {
    role.renew(context);
    log.begin(requestId(context));
    try {
      HttpReply reply = request.body().length > EVENT_BYTES
          ? tooLarge()
          : answer(new HttpRequest(
              request.method().toUpperCase(Locale.ROOT),
              request.path(),
              request.headers(),
              request.query(),
              request.body()));
      return new Answer(
          reply.status(), reply.headers(), reply.body().getBytes(StandardCharsets.UTF_8));
    } finally {
      log.end();
    }
  }

  private static String requestId(@Nullable Context context) {
    String id = context == null ? null : context.getRequestId();
    return id == null ? "" : id;
  }

  private HttpReply answer(byte[] event) {
    if (event.length > EVENT_BYTES) {
      return tooLarge();
    }
    HttpRequest request;
    try {
      request = HttpEvent.read(event);
    } catch (JsonException e) {
      log.line("refused reason=no HTTP event: " + e.getMessage());
      return HttpReply.text(400, "This function answers HTTP requests only.");
    }
    return answer(request);
  }

  private HttpReply tooLarge() {
    log.line("refused reason=event of more than " + EVENT_BYTES + " bytes");
    return HttpReply.empty(413);
  }

  private HttpReply answer(HttpRequest request) {
    try {
      HttpReply reply = route(request);
      return request.method().equals("HEAD") ? reply.withBody("") : reply;
    } catch (RuntimeException e) {
      // the message may quote what the person sent, so only the kind and the place are told
      StackTraceElement[] trace = e.getStackTrace();
      log.line("failed error=" + e.getClass().getName() + " at="
          + (trace.length == 0 ? "?" : trace[0].toString()));
      return HttpReply.empty(500);
    }
  }

  private HttpReply route(HttpRequest request) {
    String path = request.path();
    switch (path) {
      case "/slack/command":
      case "/slack/interactive":
        return slack(request);
      case "/dingtalk/robot":
        if (settings.dingtalkSecrets().isEmpty()) {
          return HttpReply.empty(404);
        }
        return request.method().equals("POST")
            ? chat.answer(dingtalk(), request)
            : HttpReply.notAllowed("POST");
      case PushDoor.PATH:
      case PushDoor.USUAL_PATH:
        return pushed(request);
      case "/dingtalk/card":
        if (settings.dingtalkCardSecrets().isEmpty()) {
          return HttpReply.empty(404);
        }
        return request.method().equals("POST")
            ? chat.answer(cards(), request)
            : HttpReply.notAllowed("POST");
      case "/healthz":
        return request.isGetOrHead()
            ? HttpReply.text(200, health())
            : HttpReply.notAllowed("GET, HEAD");
      default:
        return pages().answer(request);
    }
  }

  /** Whether it serves, and by which rights; what is wrong with newer ones stands in the log, because anybody may ask here. */
  private String health() {
    LiveRights.View view = rights.current();
    return "ok\nrights " + view.mark() + (view.trouble().isEmpty() ? "\n" : " kept\n");
  }

  private HttpReply slack(HttpRequest request) {
    if (slack == null) {
      return HttpReply.empty(404);
    }
    if (SlackPlatform.isCertificateCheck(request)) {
      return HttpReply.empty(200);
    }
    return request.method().equals("POST")
        ? chat.answer(slack, request)
        : HttpReply.notAllowed("POST");
  }
}
