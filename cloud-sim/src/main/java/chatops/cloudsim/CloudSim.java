package chatops.cloudsim;

import chatops.cloudsim.assistant.CloudAssistant;
import chatops.cloudsim.assistant.Guest;
import chatops.cloudsim.assistant.PlayedGuest;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.cloud.SimulatedCloud;
import chatops.cloudsim.dingtalk.DingTalk;
import chatops.cloudsim.dingtalk.DingTalkApp;
import chatops.cloudsim.door.CertificateDoor;
import chatops.cloudsim.door.ControlDoor;
import chatops.cloudsim.door.DingTalkDoor;
import chatops.cloudsim.door.FunctionDoor;
import chatops.cloudsim.door.HttpRuntime;
import chatops.cloudsim.door.OpenApiDoor;
import chatops.cloudsim.door.OssDoor;
import chatops.cloudsim.door.SlackDoor;
import chatops.cloudsim.door.TablestoreDoor;
import chatops.cloudsim.door.TriggerDoor;
import chatops.cloudsim.door.WebPush;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ess.AutoScaling;
import chatops.cloudsim.eventbridge.EventBus;
import chatops.cloudsim.fc.FunctionCompute;
import chatops.cloudsim.fc.FunctionRuntime;
import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebServer;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.journal.Journal;
import chatops.cloudsim.mns.MessageService;
import chatops.cloudsim.oss.Oss;
import chatops.cloudsim.seed.Names;
import chatops.cloudsim.signature.Gatekeeper;
import chatops.cloudsim.slack.SlackApp;
import chatops.cloudsim.slack.SlackWorkspace;
import chatops.cloudsim.tablestore.Tablestore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The whole simulated cloud on loopback ports, in a few lines:
 *
 * <pre>{@code
 * try (CloudSim sim = CloudSim.builder().seed(7).start()) {
 *   String id = sim.fleet().launch(InstanceSpec.named("web-01").stopped());
 *   Role operator = sim.identities().role("Operator", Policy.allow("ecs:*"), "acs:ram::…:role/execution");
 *   … sim.openApiUrl() …
 * }
 * }</pre>
 *
 * <p>With a {@link SettableClock} nothing happens by itself: {@link #advance} moves the time and runs what falls due. With any other clock due work runs in threads of the
 * simulator. Thread-safe.
 */
public final class CloudSim implements AutoCloseable {
  public static final String REGION = "cn-hangzhou";

  private final CloudCore core;
  private final Guest guest;
  private final SlackWorkspace slack;
  private final DingTalk dingTalk;
  private final Journal journal;
  private final WebServer server;
  private final WebClient client = new WebClient();
  private final ExecutorService workers;
  private final URI openApiUrl;
  private final URI functionUrl;
  private final URI tablestoreUrl;
  private final URI certificateUrl;
  private final URI ossUrl;
  private final URI slackUrl;
  private final URI dingTalkUrl;
  private final Optional<URI> controlUrl;

  CloudSim(CloudSimBuilder builder, WebServer server) {
    this.server = server;
    journal = builder.journal;
    InstantSource clock = builder.clock;
    guest = builder.guest != null
        ? builder.guest
        : new PlayedGuest(clock, "this simulator is set up to run no scripts");
    core = new CloudCore(
        clock,
        builder.wallClock,
        builder.seed,
        builder.accountId,
        builder.pace,
        builder.tablestoreLimits,
        guest);
    Names names = core.names();
    SimulatedCloud cloud = core.cloud();
    CallLog log = cloud.log();
    Gatekeeper gatekeeper = new Gatekeeper(core.identities(), builder.wallClock);
    openApiUrl = server.open(builder.openApiPort, new OpenApiDoor(cloud, gatekeeper));
    functionUrl =
        server.open(builder.functionPort, new FunctionDoor(core.functions(), cloud, gatekeeper));
    ossUrl =
        server.open(builder.ossPort, new OssDoor(core.oss(), cloud, gatekeeper, builder.accountId));
    guest.filesAt(ossUrl);
    tablestoreUrl = server.open(builder.tablestorePort, new TablestoreDoor(core.tablestore()));
    certificateUrl = server
        .open(builder.certificatePort, new CertificateDoor(core.messages()))
        .resolve(CertificateDoor.PATH);
    core.messages().pushBy(new WebPush(client), certificateUrl);
    slack = new SlackWorkspace(
        SlackApp.seeded(builder.slackTeam, builder.slackAppId, names),
        clock,
        names,
        client,
        journal);
    slackUrl = server.open(builder.slackPort, new SlackDoor(slack, log, cloud.faults()));
    slack.serveHooksAt(slackUrl);
    dingTalk = new DingTalk(
        DingTalkApp.seeded(builder.dingTalkCorp, names), clock, names, client, journal);
    dingTalkUrl =
        server.open(builder.dingTalkPort, new DingTalkDoor(dingTalk, log, cloud.faults()));
    dingTalk.serveWebhooksAt(dingTalkUrl);
    controlUrl = Optional.ofNullable(builder.controlToken)
        .map(token -> server.open(
            builder.controlPort,
            new ControlDoor(
                token, log, cloud.faults(), core.functions().queueFaults(), core.identities())));
    workers = Executors.newCachedThreadPool(work -> {
      Thread thread = new Thread(work, "cloud-sim worker");
      thread.setDaemon(true);
      return thread;
    });
    if (!(clock instanceof SettableClock)) {
      core.timeline().follow(workers);
    }
  }

  public static CloudSimBuilder builder() {
    return new CloudSimBuilder();
  }

  /** The account without its HTTP layer. */
  public CloudCore core() {
    return core;
  }

  /** Users, roles and sessions. */
  public Identities identities() {
    return core.identities();
  }

  /** The ECS instances. */
  public Fleet fleet() {
    return core.fleet();
  }

  /** Cloud Assistant: the instances' agents and what they run. */
  public CloudAssistant assistant() {
    return core.assistant();
  }

  /** Whether scripts are really run, so that none can be laid down. */
  public boolean runsScripts() {
    return !(guest instanceof PlayedGuest);
  }

  /** Lays down what scripts seem to do; only there where none is really run. */
  public PlayedGuest scripts() {
    if (guest instanceof PlayedGuest played) {
      return played;
    }
    throw new IllegalStateException("scripts are really run here, so no answer can be laid down");
  }

  /** The core without a transport, with its call log and its faults. */
  public SimulatedCloud cloud() {
    return core.cloud();
  }

  public CallLog log() {
    return core.cloud().log();
  }

  public Faults faults() {
    return core.cloud().faults();
  }

  /** Auto Scaling: make groups and hooks here, and let them scale. */
  public AutoScaling scaling() {
    return core.scaling();
  }

  /** MNS: topics, and the certificate their pushes are signed with. */
  public MessageService messages() {
    return core.messages();
  }

  /** EventBridge's default bus. */
  public EventBus bus() {
    return core.bus();
  }

  /** Function Compute: register functions, timers and queue faults here. */
  public FunctionCompute functions() {
    return core.functions();
  }

  /** Tablestore: make instances and slow tables here, count calls. */
  public Tablestore tablestore() {
    return core.tablestore();
  }

  /** The Slack workspace: its channels, its people's commands and clicks. */
  public SlackWorkspace slack() {
    return slack;
  }

  /** The DingTalk enterprise: its groups, robots and people's messages. */
  public DingTalk dingTalk() {
    return dingTalk;
  }

  /** What serves FC's custom-runtime contract at this URL, for {@link chatops.cloudsim.fc.FunctionSpec#named}. */
  public FunctionRuntime runtimeAt(URI url) {
    return runtimeAt(url, Map.of());
  }

  /** As {@link #runtimeAt(URI)}. @param own headers by which the instance knows us */
  public FunctionRuntime runtimeAt(URI url, Map<String, String> own) {
    return new HttpRuntime(client, url, own);
  }

  /** Opens a function's HTTP trigger on a port of its own (0 chooses one); the URL has no trailing slash. */
  public URI openTrigger(String function, int port) {
    return server.open(port, new TriggerDoor(core.functions(), function));
  }

  /** Where RPC products (ECS, STS, …) are called. */
  public URI openApiUrl() {
    return openApiUrl;
  }

  /** The endpoint of Function Compute, both API generations. */
  public URI functionUrl() {
    return functionUrl;
  }

  /** The endpoint of every Tablestore instance. */
  public URI tablestoreUrl() {
    return tablestoreUrl;
  }

  /** Where receivers of pushes find the certificate. */
  public URI certificateUrl() {
    return certificateUrl;
  }

  /** OSS: make buckets and put objects here. */
  public Oss oss() {
    return core.oss();
  }

  /** The endpoint of OSS, for every region and bucket. */
  public URI ossUrl() {
    return ossUrl;
  }

  /** Where Slack's response URLs and its Web API ({@code /api/<method>}) are. */
  public URI slackUrl() {
    return slackUrl;
  }

  /** Where DingTalk's robots and session web hooks are. */
  public URI dingTalkUrl() {
    return dingTalkUrl;
  }

  /** Where faults are switched and the call log is read, if a control token was given. */
  public Optional<URI> controlUrl() {
    return controlUrl;
  }

  /** Moves the settable clock on and runs what falls due on the way, on the caller's thread; returns how much ran. */
  public int advance(Duration duration) {
    return core.advance(duration);
  }

  @Override
  public void close() {
    core.timeline().close();
    workers.shutdownNow();
    guest.close();
    server.close();
    client.close();
    journal.close();
  }
}
