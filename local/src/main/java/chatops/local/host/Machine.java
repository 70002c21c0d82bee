package chatops.local.host;

import chatops.chat.Language;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.dingtalk.CustomRobots.CustomRobot;
import chatops.cloudsim.fc.FunctionSpec;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.slack.SlackWorkspace;
import chatops.execution.ExecutionHandler;
import chatops.fc2.FunctionClients;
import chatops.front.FrontHandler;
import chatops.runtime.FunctionServer;
import chatops.runtime.ServerOptions;
import com.aliyun.fc.runtime.StreamRequestHandler;
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

/**
 * Both functions behind fc-runtime, the simulated cloud with the chats' ends, and the store: everything a deployment
 * has, on loopback ports of one process. Nothing inside goes around HTTP, a signature check or the store.
 */
public final class Machine implements AutoCloseable {
  private final CloudSim cloud;
  private final URI frontUrl;
  private final DataDirectory directory;
  private final CustomRobot robot;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /**
   * @param generation of FC's API between the functions: 2 or 3
   * @param templates folder of the templates that ship with the product
   * @param log where the functions log
   */
  public record Plan(
      DataDirectory directory,
      Language language,
      int generation,
      Path templates,
      PrintStream log) {}

  private Machine(Plan plan) throws IOException {
    directory = plan.directory();
    SecureRandom random = new SecureRandom();
    HostKeys keys = HostKeys.of(directory, random);
    HostPorts ports = HostPorts.of(directory);
    HostConfiguration configuration = HostConfiguration.write(directory, plan.language());
    cloud = CloudSim.builder()
        // never the same twice: trigger ids repeated after a restart would be duplicates
        .seed(random.nextLong())
        .accountId(SimulatedAccount.ID)
        .pace(SimulatedAccount.PACE)
        .openApiPort(ports.of("cloud"))
        .functionPort(ports.of("functions"))
        .slackPort(ports.of("slack"))
        .dingTalkPort(ports.of("dingtalk"))
        .slackIds(Cast.TEAM, Cast.APP)
        .dingTalkCorp(Cast.CORPORATION)
        .chatsIn(directory.chats())
        .start();
    parts.push(cloud);
    SimulatedAccount.fleet(cloud);
    frontUrl = cloud.openTrigger(SimulatedAccount.FRONT, ports.of("front"));

    robot = rooms(keys);

    FunctionEnvironment environment =
        new FunctionEnvironment(plan, keys, configuration, cloud, frontUrl);
    Role executionRole = SimulatedAccount.executionRole(cloud);
    SimulatedAccount.operatorRole(cloud, executionRole);
    deploy(
        plan,
        executionHandler(environment.execution()),
        environment.execution(),
        SimulatedAccount.EXECUTION,
        executionRole);
    deploy(
        plan,
        frontHandler(environment.front(), plan.log()),
        environment.front(),
        SimulatedAccount.FRONT,
        SimulatedAccount.frontRole(cloud));
    cloud
        .functions()
        .timer(
            plan.generation() == 2
                ? SimulatedAccount.SERVICE + "$" + SimulatedAccount.EXECUTION
                : SimulatedAccount.EXECUTION,
            "sweep",
            Duration.ofMinutes(1),
            "sweep");
    rememberPorts();
  }

  public static Machine start(Plan plan) throws IOException {
    return new Machine(plan);
  }

  private CustomRobot rooms(HostKeys keys) {
    SlackWorkspace slack = cloud.slack();
    slack.channel(Cast.OPERATIONS, "operations");
    slack.channel(Cast.ELSEWHERE, "random");
    slack.pointAt(frontUrl.resolve("/slack/command"), frontUrl.resolve("/slack/interactive"));
    cloud.dingTalk().groups().add(Cast.GROUP, "Operations");
    cloud.dingTalk().pointAt(frontUrl.resolve("/dingtalk/robot"));
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

  private void deploy(
      Plan plan,
      StreamRequestHandler handler,
      Map<String, String> environment,
      String name,
      Role role)
      throws IOException {
    FunctionServer server = FunctionServer.start(
        handler, ServerOptions.loopback(0).withEnvironment(environment).withLog(plan.log()));
    parts.push(server);
    parts.push(() -> announceEnd(server));
    server.initialize();
    URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
    FunctionSpec spec = FunctionSpec.named(name, role.arn(), cloud.runtimeAt(address))
        .timeout(Duration.ofMinutes(5));
    boolean served = plan.generation() == 2 && name.equals(SimulatedAccount.EXECUTION);
    cloud.functions().register(served ? spec.service(SimulatedAccount.SERVICE) : spec);
  }

  private static StreamRequestHandler frontHandler(
      Map<String, String> environment, PrintStream log) {
    return new FrontHandler(
        environment, FunctionClients::fromEnvironment, InstantSource.system(), log::println);
  }

  private static StreamRequestHandler executionHandler(Map<String, String> environment) {
    return new ExecutionHandler(environment);
  }

  /** As FC tells an instance before it goes: Execution closes its store then. */
  private static void announceEnd(FunctionServer server) throws IOException {
    URI hook = URI.create("http://127.0.0.1:" + server.address().getPort() + "/pre-stop");
    HttpURLConnection connection = (HttpURLConnection) hook.toURL().openConnection();
    connection.setConnectTimeout(2000);
    connection.setReadTimeout(15_000);
    connection.getResponseCode();
    connection.disconnect();
  }

  private void rememberPorts() {
    Map<String, Integer> ports = new TreeMap<>();
    ports.put("cloud", cloud.openApiUrl().getPort());
    ports.put("functions", cloud.functionUrl().getPort());
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
