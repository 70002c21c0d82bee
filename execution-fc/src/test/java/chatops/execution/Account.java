package chatops.execution;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.fc.FunctionSpec;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.mns.Subscription;
import chatops.execution.config.ConfigurationFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulated account with the Execution function deployed in it, and a peer that plays response_url and robot. Registered as an
 * extension of a test it ends with the test, and its folder with it.
 */
final class Account implements AutoCloseable, AfterEachCallback {
  static final Principal ANN = new Principal(Platform.SLACK, "T0001", "U0001", "ann");
  static final Principal BOB = new Principal(Platform.SLACK, "T0001", "U0002", "bob");
  static final Place CHANNEL = new Place(Platform.SLACK, "T0001", "C0001");
  static final String SEAL_KEYS = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

  final CloudSim cloud;
  final WireMockServer peer =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  final Map<String, String> environment = new HashMap<>();
  final Path folder;
  final Path configurationFile;
  private final Role functionRole;
  private final FunctionInProcess runtime = new FunctionInProcess();
  private ExecutionHandler handler;
  private int events;
  private int edits;

  /** In a folder of its own. @param settings further environment variables, each followed by its value */
  static Account deployed(String... settings) {
    return deployed("", Map.of(), settings);
  }

  /** As {@link #deployed(String...)}. @param templates texts of further templates by file name */
  static Account deployed(Map<String, String> templates) {
    return deployed("", templates);
  }

  /** As {@link #with}, in a folder of its own, with templates. */
  static Account deployed(String more, Map<String, String> templates, String... settings) {
    try {
      Path folder = Files.createTempDirectory("account");
      Path texts = Files.createDirectory(folder.resolve("templates"));
      for (Map.Entry<String, String> template : templates.entrySet()) {
        Files.writeString(texts.resolve(template.getKey()), template.getValue());
      }
      List<String> all = new ArrayList<>(List.of("CHATOPS_TEMPLATES", texts.toString()));
      all.addAll(List.of(settings));
      return new Account(more, folder, all.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @param settings further environment variables, each followed by its value */
  Account(Path folder, String... settings) throws IOException {
    this("", folder, settings);
  }

  /** With a bot in the simulated Slack. @param more further sections of chatops.yaml */
  static Account with(String more, Path folder, String... settings) throws IOException {
    return new Account(more, folder, settings);
  }

  private Account(String more, Path folder, String... settings) throws IOException {
    this.folder = folder;
    Duration soon = Duration.ofMillis(200);
    // a reboot shows Running at once, so that nobody waits to learn what became of one
    Pace pace = new Pace(soon, soon, soon, Duration.ZERO, Duration.ZERO);
    cloud = CloudSim.builder().pace(pace).start();
    peer.start();
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody("ok")));
    peer.stubFor(
        any(urlPathEqualTo("/robot/send")).willReturn(okJson("{\"errcode\":0,\"errmsg\":\"ok\"}")));
    functionRole = cloud
        .identities()
        .role(
            "chatops-execution",
            Policy.allow("sts:AssumeRole", "fc:InvokeFunction", "ots:*Row", "ots:GetRange"),
            Role.FUNCTION_COMPUTE);
    for (String name : List.of("OOSServiceRole", "ReadRole")) {
      cloud
          .identities()
          .role(
              name,
              name.equals("ReadRole")
                  ? Policy.allow("ecs:Describe*")
                  : Policy.allow("ecs:*", "ess:*"),
              functionRole.arn());
    }
    configurationFile = folder.resolve("chatops.yaml");
    Files.writeString(configurationFile, configuration() + more);
    environment.put("CHATOPS_CONFIG", configurationFile.toString());
    environment.put("CHATOPS_STORE", "sqlite:" + folder.resolve("store.db"));
    environment.put("CHATOPS_SEAL_KEYS", SEAL_KEYS);
    environment.put("CHATOPS_LINK_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    environment.put("CHATOPS_URL", "https://front.example.com");
    environment.put("EXECUTION_FUNCTION", "execution");
    environment.put("FC_ENDPOINT", cloud.functionUrl().toString());
    environment.put("FC_REGION", "cn-hangzhou");
    environment.put("FC_ACCOUNT_ID", "1234567890123456");
    environment.put(
        "CHATOPS_ENDPOINTS", "*=" + cloud.openApiUrl() + ",ots=" + cloud.tablestoreUrl());
    environment.put("CHATOPS_OUTBOUND_LOOPBACK", "true");
    if (!more.isEmpty()) {
      joinSlack();
    }
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    cloud
        .functions()
        .register(FunctionSpec.named("execution", functionRole.arn(), runtime)
            .timeout(Duration.ofMinutes(5)));
    handler = new ExecutionHandler(environment);
    runtime.serve(handler);
  }

  /** Puts another configuration in the place of the one there is, as somebody who edits it does. */
  void configure(String from, String to) throws IOException {
    String text = Files.readString(configurationFile);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("the configuration has no " + from);
    }
    Path draft = configurationFile.resolveSibling("chatops.yaml.new");
    Files.writeString(draft, text.replace(from, to));
    // written a while ago: a file that was written just now may not be whole
    Files.setLastModifiedTime(
        draft, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(++edits)));
    Files.move(draft, configurationFile, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The same command as from a Front that has read the configuration as it is now. */
  HandOver.Run knowing(HandOver.Run run) {
    return new HandOver.Run(
        run.executionId(),
        run.principal(),
        run.place(),
        run.command(),
        run.language(),
        run.receivedAt(),
        ConfigurationFile.read(configurationFile).hash(),
        run.reply(),
        run.guard());
  }

  private static String configuration() {
    return """
        version: 1
        language: en
        account: "1234567890123456"
        regions: {default: cn-hangzhou, allowed: [cn-hangzhou, cn-beijing]}
        roles:
          default: OOSServiceRole
          allowed:
            OOSServiceRole: "acs:ram::1234567890123456:role/OOSServiceRole"
            ReadRole: "acs:ram::1234567890123456:role/ReadRole"
        slack: {workspaces: [T0001], apps: []}
        groups: {operators: ["slack:T0001/U0001"], approvers: ["slack:T0001/U0002"]}
        rights:
          - who: [group:operators]
            where: ["slack:T0001/C0001"]
            commands: ["ecs *", "ess *", "oos *"]
            templates: ["*"]
            regions: [cn-hangzhou]
            ramRoles: [OOSServiceRole, ReadRole]
        approvals: {bearerLinks: true, requesterMayApprove: false, approvers: [group:approvers]}
        """;
  }

  private void joinSlack() {
    cloud.slack().channel("C0001", "operations");
    environment.put("SLACK_API_URL", cloud.slackUrl() + "/api/");
    environment.put("SLACK_BOT_TOKEN", cloud.slack().app().botToken());
  }

  /** From here on the function has a bot in the simulated Slack. */
  void withSlack() {
    joinSlack();
    restart();
  }

  /** From here on the function has a bot token, and the peer plays Slack's Web API, too. */
  void withBot() {
    peer.stubFor(
        any(urlPathMatching("/api/.*")).willReturn(okJson("{\"ok\":true,\"ts\":\"1.1\"}")));
    environment.put("SLACK_BOT_TOKEN", "xoxb-of-the-test");
    environment.put("SLACK_API_URL", peer.baseUrl() + "/api/");
    restart();
  }

  /** A topic for lifecycle hooks, whose messages start the function. @return its ARN */
  String hookTopic(Subscription.Format format) {
    cloud
        .messages()
        .topic("hooks")
        .subscribe(new Subscription(
            "execution",
            new Subscription.Endpoint.Function("execution"),
            format,
            Subscription.Strategy.BACKOFF_RETRY));
    return cloud.scaling().topicArn("cn-hangzhou", "hooks");
  }

  /**
   * Completions of lifecycle actions that were called. A call is logged when it has been answered, so its effect is seen a moment
   * earlier.
   *
   * @param least so many are waited for
   */
  List<CallRecord> completions(int least) throws Exception {
    Eventually.is(() -> cloud.log().of("Ess", "CompleteLifecycleAction").size() >= least);
    return cloud.log().of("Ess", "CompleteLifecycleAction");
  }

  void timeLimit(Duration limit) {
    runtime.timeLimit(limit);
  }

  /** The process dies and another one starts over the same store. */
  void restart() {
    handler.preStop(runtime.context());
    handler = new ExecutionHandler(environment);
    runtime.serve(handler);
  }

  HandOver.Run command(
      Principal principal, Language language, String family, String verb, String... arguments) {
    EventKey key = new EventKey(Platform.SLACK, "T0001", "trigger." + events++);
    String id = key.executionId();
    return new HandOver.Run(
        id,
        principal,
        CHANNEL,
        new Command(family, verb, List.of(arguments), Map.of()),
        language,
        Instant.parse("2026-01-01T00:00:00Z"),
        "",
        seal(id, "/reply/" + id, false),
        null);
  }

  /** The same command with an option behind it. */
  HandOver.Run withOption(HandOver.Run run, String name, String value) {
    Command command = run.command();
    return new HandOver.Run(
        run.executionId(),
        run.principal(),
        run.place(),
        new Command(command.family(), command.verb(), command.arguments(), Map.of(name, value)),
        run.language(),
        run.receivedAt(),
        run.rightsHash(),
        run.reply(),
        run.guard());
  }

  HandOver.Decide decide(
      Principal principal, String executionId, String approvalId, boolean approve) {
    EventKey key = new EventKey(principal.platform(), "T0001", "press." + events++);
    boolean isPage = principal.platform() == Platform.WEB;
    return new HandOver.Decide(
        key.decisionId(),
        executionId,
        approvalId,
        approve,
        "",
        principal,
        isPage ? new Place(Platform.WEB, "", "") : CHANNEL,
        Language.EN,
        Instant.parse("2026-01-01T00:00:00Z"),
        isPage ? "" : seal(executionId, "/press/" + executionId, true),
        null);
  }

  String seal(String executionId, String path, boolean replaceable) {
    return new Seal(SEAL_KEYS)
        .seal(
            new ReplyAddress(
                Platform.SLACK,
                "T0001",
                "C0001",
                "U0001",
                peer.baseUrl() + path,
                NEVER,
                5,
                replaceable),
            executionId);
  }

  JsonNode send(HandOver message) throws IOException {
    return send(HandOverJson.encode(message));
  }

  JsonNode send(byte[] event) throws IOException {
    return JSON.readTree(runtime.invoke(handler, event, functionKeys()));
  }

  /** To an instance of its own over the same store; what it wakes goes to the one that serves. */
  JsonNode sendElsewhere(HandOver message) throws IOException {
    ExecutionHandler other = new ExecutionHandler(environment);
    try {
      return JSON.readTree(runtime.invoke(other, HandOverJson.encode(message), functionKeys()));
    } finally {
      other.preStop(runtime.context());
    }
  }

  private FunctionInProcess.Keys functionKeys() {
    var session =
        cloud.identities().serviceSession(Role.FUNCTION_COMPUTE, functionRole.arn(), "fc");
    return new FunctionInProcess.Keys(
        session.accessKeyId(), session.accessKeySecret(), session.securityToken());
  }

  /** What was posted to a path of the peer, oldest first. */
  List<JsonNode> posts(String path) throws IOException {
    List<JsonNode> posts = new ArrayList<>();
    for (var request : peer.findAll(postRequestedFor(urlPathEqualTo(path)))) {
      posts.add(JSON.readTree(request.getBody()));
    }
    return posts;
  }

  List<JsonNode> answers(HandOver.Run run) throws IOException {
    return posts("/reply/" + run.executionId());
  }

  /** The opaque value behind a message's approve button. */
  static String buttonValue(JsonNode message) {
    for (JsonNode block : message.path("blocks")) {
      for (JsonNode element : block.path("elements")) {
        if (element.path("action_id").asText().equals("approve")) {
          return element.path("value").asText();
        }
      }
    }
    throw new AssertionError("no approve button in " + message);
  }

  byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    handler.preStop(runtime.context());
    cloud.close();
    peer.stop();
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
