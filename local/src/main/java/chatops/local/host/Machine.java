package chatops.local.host;

import chatops.chat.Language;
import chatops.chat.fc.FunctionClient;
import chatops.chat.reply.Seal;
import chatops.chat.rights.RightsSource;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.dingtalk.CustomRobots.CustomRobot;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.fc.FunctionSpec;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.sandbox.SandboxGuest;
import chatops.cloudsim.slack.Shortcut;
import chatops.cloudsim.slack.SlackWorkspace;
import chatops.fc2.FunctionClients;
import chatops.front.slack.SlackShortcut;
import chatops.local.desk.Desk;
import chatops.local.desk.DeskAddress;
import chatops.local.text.Texts;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Both functions behind fc-runtime, the simulated cloud with the chats' ends, and the store: everything a deployment
 * has, on loopback ports of one process. Nothing inside goes around HTTP, a signature check or the store.
 */
public final class Machine implements AutoCloseable {
  /** The pace of a rehearsal. */
  public static final Pace PACE = SimulatedAccount.PACE;

  private final CloudSim cloud;
  private final URI frontUrl;
  private final DataDirectory directory;
  private final CustomRobot robot;
  private final String execution;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Where executions are kept. */
  public enum Store {
    SQLITE,
    TABLESTORE
  }

  /**
   * @param generation of FC's API between the functions: 2 or 3
   * @param templates folder of the templates that ship with the product
   * @param desk where other users of the machine reach the command line's socket; null for the host's owner alone
   * @param pace of the simulated instances
   */
  public record Plan(
      DataDirectory directory,
      Language language,
      int generation,
      Path templates,
      @Nullable Path desk,
      Hosting hosting,
      Store store,
      Pace pace) {
    /**
     * Everything in this process, on SQLite, at the pace of a rehearsal.
     *
     * @param log where the functions log
     */
    public Plan(
        DataDirectory directory,
        Language language,
        int generation,
        Path templates,
        @Nullable Path desk,
        PrintStream log) {
      this(directory, language, generation, templates, desk, PACE, log);
    }

    /** As {@link #Plan(DataDirectory, Language, int, Path, Path, PrintStream)}, at another pace. */
    public Plan(
        DataDirectory directory,
        Language language,
        int generation,
        Path templates,
        @Nullable Path desk,
        Pace pace,
        PrintStream log) {
      this(
          directory,
          language,
          generation,
          templates,
          desk,
          InProcess.logging(log),
          Store.SQLITE,
          pace);
    }
  }

  private Machine(Plan plan) throws IOException {
    directory = plan.directory();
    SecureRandom random = new SecureRandom();
    HostKeys keys = HostKeys.of(directory, random);
    HostPorts ports = HostPorts.of(directory);
    HostConfiguration configuration =
        HostConfiguration.write(directory, plan.language(), plan.templates());
    cloud = CloudSim.builder()
        // never the same twice: trigger ids repeated after a restart would be duplicates
        .seed(random.nextLong())
        .accountId(SimulatedAccount.ID)
        .pace(plan.pace())
        .openApiPort(ports.of("cloud"))
        .functionPort(ports.of("functions"))
        .slackPort(ports.of("slack"))
        .dingTalkPort(ports.of("dingtalk"))
        .ossPort(ports.of("oss"))
        .guest(SandboxGuest.orPlayed(InstantSource.system()))
        .slackIds(Cast.TEAM, Cast.APP)
        .dingTalkCorp(Cast.CORPORATION)
        .chatsIn(directory.chats())
        .start();
    parts.push(cloud);
    SimulatedAccount.fleet(cloud);
    frontUrl = cloud.openTrigger(SimulatedAccount.FRONT, ports.of("front"));

    robot = rooms(keys, Texts.in(plan.language()));

    FunctionEnvironment environment =
        new FunctionEnvironment(plan, keys, configuration, cloud, frontUrl);
    if (plan.store() == Store.TABLESTORE) SimulatedAccount.tables(cloud);
    RightsSource rights = configuration.source(InstantSource.system());
    Role executionRole = SimulatedAccount.executionRole(cloud);
    SimulatedAccount.operatorRole(cloud, executionRole);
    deploy(
        plan,
        ProductFunction.EXECUTION,
        plan.hosting().start(ProductFunction.EXECUTION, environment.execution(), rights),
        executionRole);
    Role frontRole = SimulatedAccount.frontRole(cloud);
    deploy(
        plan,
        ProductFunction.FRONT,
        plan.hosting().start(ProductFunction.FRONT, environment.front(), rights),
        frontRole);
    desk(plan, keys, environment, frontRole);
    execution = plan.generation() == 2
        ? SimulatedAccount.SERVICE + "$" + SimulatedAccount.EXECUTION
        : SimulatedAccount.EXECUTION;
    cloud.functions().timer(execution, "sweep", Duration.ofMinutes(1), "sweep");
    SimulatedAccount.scaling(cloud, execution);
    rememberPorts();
  }

  public static Machine start(Plan plan) throws IOException {
    return new Machine(plan);
  }

  private CustomRobot rooms(HostKeys keys, Texts words) {
    SlackWorkspace slack = cloud.slack();
    slack.channel(Cast.OPERATIONS, "operations");
    slack.channel(Cast.ELSEWHERE, "random");
    slack.offer(List.of(
        new Shortcut(SlackShortcut.RUN, words.get("manifest.shortcut.run"), true),
        new Shortcut(SlackShortcut.SHOW, words.get("manifest.shortcut.show"), false)));
    slack.pointAt(frontUrl.resolve("/slack/command"), frontUrl.resolve("/slack/interactive"));
    cloud.dingTalk().groups().add(Cast.GROUP, "Operations");
    cloud.dingTalk().pointAt(frontUrl.resolve("/dingtalk/robot"));
    cloud.dingTalk().cards().publish(Cast.CARD);
    cloud
        .dingTalk()
        .cards()
        .register(Cast.CARD_ROUTE, frontUrl.resolve("/dingtalk/card"), keys.dingtalkCardSecret());
    return cloud
        .dingTalk()
        .robots()
        .add(new CustomRobot(
            keys.dingtalkRobotToken(),
            Cast.GROUP,
            "Operations robot",
            Optional.of(keys.dingtalkRobotSecret()),
            List.of()));
  }

  private void deploy(Plan plan, ProductFunction function, Hosting.Instance instance, Role role)
      throws IOException {
    parts.push(instance);
    parts.push(() -> hook("GET", "/pre-stop", instance));
    hook("POST", "/initialize", instance);
    FunctionSpec spec = FunctionSpec.named(
            function.simulatedName(),
            role.arn(),
            cloud.runtimeAt(instance.url(), instance.platformHeaders()))
        .timeout(Duration.ofMinutes(5))
        .concurrency(function.mostAtOnce());
    boolean served = plan.generation() == 2 && function == ProductFunction.EXECUTION;
    cloud.functions().register(served ? spec.service(SimulatedAccount.SERVICE) : spec);
  }

  /** The command line's door: it may do what Front may, which is to invoke Execution. */
  private void desk(Plan plan, HostKeys keys, FunctionEnvironment environment, Role frontRole)
      throws IOException {
    FunctionClient execution = FunctionClients.fromEnvironment(environment.front(), () -> {
      var session =
          cloud.identities().serviceSession(Role.FUNCTION_COMPUTE, frontRole.arn(), "desk");
      return new FunctionClient.Key(
          session.accessKeyId(), session.accessKeySecret(), session.securityToken());
    });
    DeskAddress address = DeskAddress.of(directory.path(), plan.desk());
    Desk desk = new Desk(
        address.socket(),
        address.isShared(),
        execution,
        new Seal(keys.sealKey()),
        plan.language(),
        InstantSource.system());
    parts.push(desk);
    directory.write(DeskAddress.FILE, address.lines());
    parts.push(() -> directory.remove(DeskAddress.FILE));
  }

  /** As FC tells an instance that it starts, and before it goes: Execution closes its store then. */
  private static void hook(String method, String path, Hosting.Instance instance)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) instance.url().resolve(path).toURL().openConnection();
    connection.setRequestMethod(method);
    instance.platformHeaders().forEach(connection::setRequestProperty);
    connection.setConnectTimeout(2000);
    connection.setReadTimeout(15_000);
    connection.getResponseCode();
    connection.disconnect();
  }

  private void rememberPorts() {
    Map<String, Integer> ports = new TreeMap<>();
    ports.put("cloud", cloud.openApiUrl().getPort());
    ports.put("functions", cloud.functionUrl().getPort());
    ports.put("oss", cloud.ossUrl().getPort());
    ports.put("slack", cloud.slackUrl().getPort());
    ports.put("dingtalk", cloud.dingTalkUrl().getPort());
    ports.put("front", frontUrl.getPort());
    new HostPorts(ports).write(directory);
  }

  public CloudSim cloud() {
    return cloud;
  }

  /** Where Slack, DingTalk and browsers reach Front. */
  public URI frontUrl() {
    return frontUrl;
  }

  /** The web hook of the DingTalk group's robot: a credential. */
  public URI robotWebHook() {
    return cloud.dingTalk().webhook(robot);
  }

  /** What the simulated Function Compute calls Execution. */
  public String executionFunction() {
    return execution;
  }

  /** The topic that the hooks of the simulated account notify. */
  public String hookTopic() {
    return SimulatedAccount.HOOKS;
  }

  /** Id of a scaling group of the simulated account: {@code web}, {@code broken} or {@code late}. */
  public String scalingGroup(String name) {
    return SimulatedAccount.GROUPS + name;
  }

  public Path store() {
    return directory.store();
  }

  /** Ends the functions first, so that what they still do finds its cloud. */
  @Override
  public void close() throws Exception {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }
}
