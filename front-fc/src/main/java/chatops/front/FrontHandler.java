package chatops.front;

import chatops.chat.fc.FunctionClient;
import chatops.chat.json.JsonException;
import chatops.chat.text.Texts;
import chatops.front.chat.ChatDoor;
import chatops.front.chat.Wording;
import chatops.front.dingtalk.DingTalkPlatform;
import chatops.front.dingtalk.DingTalkSettings;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.gateway.FcExecutionGateway;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpEvent;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import chatops.front.page.ApprovalDoor;
import chatops.front.slack.SlackPlatform;
import chatops.front.slack.SlackSettings;
import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Front function: an HTTP-trigger event in, an HTTP reply out. It never throws, because a stranger can have a thrown error
 * retried at our cost; it starts with complete settings or not at all. Thread-safe.
 */
public final class FrontHandler implements StreamRequestHandler {
  private static final int EVENT_BYTES = 1 << 20;
  private static final String APPROVALS = "/approvals/";

  private final FunctionRole role = new FunctionRole();
  private final RequestLog log;
  private final @Nullable SlackPlatform slack;
  private final @Nullable DingTalkPlatform dingtalk;
  private final ChatDoor chat;
  private final ApprovalDoor approvals;

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
    List<String> problems = new ArrayList<>();
    Settings settings = Settings.read(environment, problems);
    FunctionClient execution = null;
    try {
      execution = clients.create(environment, role);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    if (settings == null || execution == null || !problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    Texts texts = new Texts();
    RequestLog log = new RequestLog(lines);
    ExecutionGateway gateway = new FcExecutionGateway(execution, log);
    this.log = log;
    this.slack = slack(settings, clock);
    this.dingtalk = dingtalk(settings, texts, clock);
    this.chat = new ChatDoor(
        settings.configuration(),
        settings.seal(),
        gateway,
        new Wording(texts, settings.configuration()),
        clock,
        log);
    this.approvals = new ApprovalDoor(
        settings.configuration(), settings.linkKey(), settings.url(), gateway, texts, clock, log);
  }

  private static @Nullable SlackPlatform slack(Settings settings, InstantSource clock) {
    if (settings.slackSecrets().isEmpty()) {
      return null;
    }
    return new SlackPlatform(
        new SlackSettings(
            settings.slackSecrets(),
            settings.slackToken(),
            settings.configuration().slack().apps(),
            settings.loopbackAllowed()),
        clock);
  }

  private static @Nullable DingTalkPlatform dingtalk(
      Settings settings, Texts texts, InstantSource clock) {
    if (settings.dingtalkSecrets().isEmpty()) {
      return null;
    }
    return new DingTalkPlatform(
        new DingTalkSettings(
            settings.dingtalkSecrets(),
            settings.configuration().dingtalk().corporations(),
            settings.configuration().dingtalk().robots(),
            settings.configuration().language(),
            settings.loopbackAllowed()),
        texts,
        clock);
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

  private static String requestId(@Nullable Context context) {
    String id = context == null ? null : context.getRequestId();
    return id == null ? "" : id;
  }

  private HttpReply answer(byte[] event) {
    if (event.length > EVENT_BYTES) {
      log.line("refused reason=event of more than " + EVENT_BYTES + " bytes");
      return HttpReply.empty(413);
    }
    HttpRequest request;
    try {
      request = HttpEvent.read(event);
    } catch (JsonException e) {
      log.line("refused reason=no HTTP event: " + e.getMessage());
      return HttpReply.text(400, "This function answers HTTP requests only.");
    }
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
        if (dingtalk == null) {
          return HttpReply.empty(404);
        }
        return request.method().equals("POST")
            ? chat.answer(dingtalk, request)
            : HttpReply.notAllowed("POST");
      case "/healthz":
        return request.isGetOrHead()
            ? HttpReply.text(200, "ok\n")
            : HttpReply.notAllowed("GET, HEAD");
      default:
        return path.startsWith(APPROVALS)
            ? approvals.answer(request, path.substring(APPROVALS.length()))
            : HttpReply.empty(404);
    }
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
