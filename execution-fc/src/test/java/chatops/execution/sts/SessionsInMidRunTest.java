package chatops.execution.sts;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Role;
import chatops.engine.Engine;
import chatops.engine.StartExecution;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.CloudApi;
import chatops.engine.execution.Person;
import chatops.engine.execution.Waits;
import chatops.engine.expression.function.Functions;
import chatops.engine.id.ExecutionId;
import chatops.engine.jq.Jq;
import chatops.engine.notice.Links;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;
import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.engine.template.TemplateParser;
import chatops.engine.view.ExecutionView;
import chatops.execution.aliyun.AliyunCloudApi;
import chatops.execution.aliyun.SdkClients;
import chatops.execution.aliyun.ServiceTable;
import chatops.execution.aliyun.StsAssumption;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that end while an execution runs: the engine with the official SDK over HTTP against the simulated STS and ECS. */
class SessionsInMidRunTest {
  private static final String ACCOUNT = "1234567890123456";
  private static final Person ANN = Person.of("slack:T1/U1", "ann");
  private static final Person BO = Person.of("slack:T1/U2", "bo");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final CloudSim sim = CloudSim.builder().clock(clock).start();
  private final Role functionRole = sim.identities()
      .role("chatops-execution", Policy.allow("sts:AssumeRole"), Role.FUNCTION_COMPUTE);
  private final Role role =
      sim.identities().role("OOSServiceRole", Policy.allow("ecs:*"), functionRole.arn());
  private final List<String> templates = new ArrayList<>();
  private Function<ApiRequest, Runnable> meanwhile = request -> () -> {};
  private final Engine engine = engine(SessionNames.PER_EXECUTION);

  @AfterEach
  void close() {
    sim.close();
  }

  private Engine engine(SessionNames names) {
    ServiceTable services = new ServiceTable("*=" + sim.openApiUrl(), ACCOUNT);
    SdkClients clients = new SdkClients();
    FunctionRole keys = new FunctionRole(clock);
    var own = sim.identities().serviceSession(Role.FUNCTION_COMPUTE, functionRole.arn(), "fc");
    keys.offer(new FunctionRole.Keys(
        own.accessKeyId(), own.accessKeySecret(), own.securityToken(), own.expiration()));
    StsCredentials credentials = new StsCredentials(
        () ->
            new StsCredentials.Roles("OOSServiceRole", Map.of("OOSServiceRole", role.arn()), names),
        1_000,
        new StsAssumption(services, clients, keys, "cn-hangzhou"),
        clock,
        this::nanos);
    AliyunCloudApi aliyun = new AliyunCloudApi(services, clients, clock, credentials::forget);
    CloudApi cloud = (request, session, timeout) -> {
      meanwhile.apply(request).run();
      return aliyun.call(request, session, timeout);
    };
    TemplateCatalog catalog =
        (name, version) -> Optional.of(new TemplateCatalog.Source(name, "v1", templates.get(0)));
    TemplateParser parser = new TemplateParser(Functions.all(), new Jq(), action -> false);
    Ports ports = new Ports(
        new InMemoryExecutionStore(clock, (row, applied) -> {}),
        Templates.of(
            catalog, source -> parser.parse(source.text(), source.name(), source.version())),
        cloud,
        credentials,
        call -> new Outbound.HttpAnswer(200, new byte[0]),
        notice -> {},
        (id, version, at) -> {},
        Links.NONE,
        clock,
        this::nanos,
        new Jumps(),
        Runnable::run);
    return new Engine(ports, Settings.defaults(), "engine");
  }

  private long nanos() {
    return clock.instant().toEpochMilli() * 1_000_000;
  }

  /** Waiting takes no time: the clock jumps. */
  private final class Jumps implements Waits {
    @Override
    public <T> T next(BlockingQueue<T> ready, Instant until) {
      T there = ready.poll();
      if (there == null) {
        clock.moveTo(until);
      }
      return there;
    }
  }

  private void template(String tasks) {
    templates.clear();
    templates.add(
        "FormatVersion: OOS-2019-06-01\nParameters: {ids: {Type: Json}}\nTasks:\n" + tasks);
  }

  private List<String> instances(int count, boolean isRunning) {
    return IntStream.range(0, count)
        .mapToObj(i -> {
          InstanceSpec spec = InstanceSpec.named("web-" + i);
          return sim.fleet().launch(isRunning ? spec : spec.stopped());
        })
        .toList();
  }

  private ExecutionId start(int number, Person by, List<String> ids) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ids.forEach(list::add);
    Map<String, JsonNode> parameters = Map.of("ids", list);
    ExecutionId id = new ExecutionId("exec-" + (10_000_000 + number));
    engine.start(new StartExecution(id, "t", "", parameters, by, "", Map.of(), "cn-hangzhou", ""));
    return id;
  }

  private ExecutionView drive(ExecutionId id) {
    for (int i = 0; i < 1_000; i++) {
      engine.advance(id, clock.instant().plus(Duration.ofMinutes(5)));
      ExecutionView view = engine.find(id).orElseThrow();
      if (view.endedAt() != null) {
        return view;
      }
      clock.moveTo(Optional.ofNullable(view.wakeAt()).orElse(clock.instant()));
    }
    throw new AssertionError("no end: " + engine.find(id));
  }

  /** How often an API took effect, by instance. */
  private Map<String, Long> taken(String api) {
    return sim.log().of("Ecs", api).stream()
        .filter(call -> call.status() == 200)
        .collect(Collectors.groupingBy(
            call -> call.parameters().getOrDefault("InstanceId", ""), Collectors.counting()));
  }

  private long assumed() {
    return sim.log().of("Sts", "AssumeRole").stream()
        .filter(c -> c.status() == 200)
        .count();
  }

  /** Ends all sessions just before the n-th call of an API arrives. */
  private void expiresAt(String api, int... which) {
    int[] calls = {0};
    meanwhile = request -> {
      boolean isNow = request.api().equals(api) && isOneOf(++calls[0], which);
      return isNow ? () -> sim.identities().expireSessions(role) : () -> {};
    };
  }

  private static boolean isOneOf(int number, int... which) {
    return IntStream.of(which).anyMatch(each -> each == number);
  }

  @Test
  void a_session_that_ends_between_two_tasks_is_renewed() {
    template("""
          - {Name: stop, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StopInstance, Risk: Normal, Parameters: {InstanceId: {'Fn::Select': [0, '{{ ids }}']}}}}
          - {Name: night, Action: ACS::Sleep, Properties: {Duration: 12H}}
          - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: {'Fn::Select': [0, '{{ ids }}']}}}}
        """);
    List<String> ids = instances(1, true);

    ExecutionView view = drive(start(0, ANN, ids));

    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(taken("StopInstance")).isEqualTo(Map.of(ids.get(0), 1L));
    assertThat(taken("StartInstance")).isEqualTo(Map.of(ids.get(0), 1L));
    assertThat(assumed()).isEqualTo(2);
    assertThat(sim.log().of("Ecs", "StartInstance"))
        .as("nothing was sent in vain")
        .hasSize(1);
  }

  @Test
  void sessions_that_end_in_the_middle_of_a_loop_repeat_no_reboot() {
    template("""
          - Name: reboot
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: RebootInstance, Risk: Normal, Parameters: {InstanceId: '{{ ACS::TaskLoopItem }}'}}
            Loop: {Items: '{{ ids }}', RateControl: {Mode: Concurrency, Concurrency: 3, MaxErrors: 0}}
        """);
    List<String> ids = instances(10, true);
    expiresAt("RebootInstance", 2, 5, 9);

    ExecutionView view = drive(start(0, ANN, ids));

    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(taken("RebootInstance"))
        .hasSize(10)
        .allSatisfy((id, times) -> assertThat(times).isOne());
    assertThat(sim.log().of("Ecs", "RebootInstance"))
        .filteredOn(call -> call.code().equals("InvalidSecurityToken.Expired"))
        .isNotEmpty();
    assertThat(view.questions()).isEmpty();
  }

  @Test
  void a_session_that_ends_while_an_instance_boots_is_renewed_and_the_start_not_repeated() {
    template("""
          - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: {'Fn::Select': [0, '{{ ids }}']}}}}
          - Name: boots
            Action: ACS::WaitFor
            Properties:
              Service: ECS
              API: DescribeInstances
              Parameters: {InstanceIds: '{{ ids }}'}
              PropertySelector: Instances.Instance[].Status
              DesiredValues: [Running]
        """);
    List<String> ids = instances(1, false);
    expiresAt("DescribeInstances", 1, 2);

    ExecutionView view = drive(start(0, ANN, ids));

    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(taken("StartInstance")).isEqualTo(Map.of(ids.get(0), 1L));
    assertThat(assumed()).isEqualTo(3);
  }

  @Test
  void an_instance_is_bought_once_whatever_happens_to_answer_and_session() {
    template("""
          - Name: buy
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: RunInstances, Risk: Normal, Parameters: {ImageId: aliyun_3, InstanceType: ecs.g7.large, VSwitchId: vsw-1, SecurityGroupId: sg-1, Amount: 1}}
        """);
    int before = sim.fleet().ids().size();
    sim.faults().next(1, "Ecs", "RunInstances", new Fault.LostReply());
    expiresAt("RunInstances", 2);

    ExecutionView view = drive(start(0, ANN, List.of()));

    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(sim.fleet().ids()).hasSize(before + 1);
    assertThat(sim.log().of("Ecs", "RunInstances"))
        .extracting(call -> call.parameters().get("ClientToken"))
        .hasSize(3)
        .doesNotContainNull();
  }

  @Test
  void a_hundred_executions_get_their_sessions_although_sts_takes_few_calls() {
    template("""
          - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: {'Fn::Select': [0, '{{ ids }}']}}}}
        """);
    List<String> ids = instances(100, false);
    sim.faults().limit(10, Duration.ofSeconds(5), "Sts", "AssumeRole");
    List<ExecutionId> started = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      started.add(start(i, i % 2 == 0 ? ANN : BO, List.of(ids.get(i))));
    }

    for (int i = 0; i < 1_000 && assumed() < 100; i++) {
      started.forEach(id -> engine.advance(id, clock.instant().plus(Duration.ofMinutes(5))));
      clock.advance(Duration.ofMillis(500));
    }
    List<ExecutionView> ended = started.stream().map(this::drive).toList();

    assertThat(ended).extracting(ExecutionView::status).containsOnly("Success");
    assertThat(taken("StartInstance")).hasSize(100);
    int asked = sim.log().of("Sts", "AssumeRole").size();
    System.out.println("storm: AssumeRole, 10 in 5 s: " + asked + " calls, 100 needed");
    assertThat(asked).isLessThan(120);
    assertThat(sim.log().of("Ecs", "StartInstance"))
        .extracting(CallRecord::caller)
        .doesNotHaveDuplicates();
  }

  @Test
  void sixty_executions_are_not_held_up_by_an_sts_that_refuses_one_call_in_ten() {
    template("""
          - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: {'Fn::Select': [0, '{{ ids }}']}}}}
        """);
    List<String> ids = instances(60, false);
    sim.faults().share(0.1, "Sts", "AssumeRole", Fault.throttle());
    Instant begin = clock.instant();
    List<ExecutionId> started = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      started.add(start(i, ANN, List.of(ids.get(i))));
    }

    List<ExecutionView> ended = started.stream().map(this::drive).toList();

    int asked = sim.log().of("Sts", "AssumeRole").size();
    long seconds = Duration.between(begin, clock.instant()).toSeconds();
    System.out.println(
        "storm: AssumeRole, one in ten refused: " + asked + " calls, 60 needed, " + seconds + " s");
    assertThat(ended).extracting(ExecutionView::status).containsOnly("Success");
    assertThat(asked).isLessThanOrEqualTo(72);
    assertThat(seconds).isLessThan(20);
  }
}
