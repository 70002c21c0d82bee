package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.assistant.PlayedGuest.Play;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ess.AutoScaling;
import chatops.cloudsim.ess.GroupSpec;
import chatops.cloudsim.ess.Result;
import chatops.cloudsim.ess.Transition;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.mns.Subscription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shipped lifecycle templates under hooks of the simulated Auto Scaling, with the shipped policy and no more. */
class LifecycleTemplatesTest {
  private static final Path POLICY = Path.of("..", "deploy", "ESSHookPolicyForRunCommand.json");
  private static final String SCALING = """
      scaling:
        hooks:
          - groups: [asg-run]
            template: ESS-LifecycleRunCommand
            parameters: {commandContent: "echo prepared"}
          - groups: [asg-broken]
            template: ESS-LifecycleRunCommand
            parameters: {commandContent: "exit 3"}
          - groups: [asg-elsewhere]
            template: ESS-LifecycleRunCommandElsewhere
            parameters: {commandInstanceId: i-bp1controller, commandContent: "echo {{ips}}"}
          - groups: [asg-name]
            template: ESS-LifecycleNameInstance
            parameters: {prefix: shop}
      """;

  @RegisterExtension
  final Account account = Account.deployed(SCALING, Map.of());

  @BeforeEach
  void deploy() {
    account.hookTopic(Subscription.Format.JSON);
    account.cloud.fleet().launch(InstanceSpec.named("controller").id("i-bp1controller"));
  }

  private void scaleOut(String group) {
    AutoScaling scaling = account.cloud.scaling();
    scaling.group(GroupSpec.named(group.substring(4)).id(group));
    scaling.hook(
        group,
        "install",
        Transition.SCALE_OUT,
        Duration.ofSeconds(300),
        Result.ROLLBACK,
        scaling.topicArn("cn-hangzhou", "hooks"));
    scaling.scaleOut(group, 2, "test");
  }

  /** What the hooks got, in the order of their groups' scale-outs. */
  private List<String> results(String... groups) throws Exception {
    AutoScaling scaling = account.cloud.scaling();
    Map<String, Integer> order = new HashMap<>();
    for (String group : groups) {
      scaleOut(group);
      scaling.members(group).keySet().forEach(member -> order.put(member, order.size() / 2));
    }
    Eventually.is(() ->
        scaling.waits().stream().filter(wait -> wait.completions() == 1).count() == groups.length);
    List<String> results = new ArrayList<>(Collections.nCopies(groups.length, ""));
    scaling
        .waits()
        .forEach(wait -> results.set(
            Objects.requireNonNull(order.get(wait.instanceIds().get(0))), wait.result()));
    return results;
  }

  /** The role may do what the file says. What short runs do not call is what long, cancelled and public ones need. */
  @Test
  void scripts_decide_about_their_hooks_under_the_shipped_policy_which_allows_nothing_more()
      throws Exception {
    String text = Files.readString(POLICY);
    account
        .cloud
        .identities()
        .role(
            "OOSServiceRole",
            Policy.parse(text).orElseThrow(),
            "acs:ram::1234567890123456:role/chatops-execution");

    account
        .cloud
        .scripts()
        .answer(script -> script.content().contains("exit 3"), Play.exit(3, "no disk"));

    assertThat(results("asg-run", "asg-broken", "asg-elsewhere"))
        .containsExactly("CONTINUE", "ABANDON", "CONTINUE");

    assertThat(account.cloud.scaling().members("asg-run").values()).containsOnly("InService");
    assertThat(account.cloud.scaling().members("asg-broken")).isEmpty();
    assertThat(account.cloud.log().of("Ecs", "RunCommand"))
        .filteredOn(call -> "i-bp1controller".equals(call.parameters().get("InstanceId.1")))
        .singleElement()
        .satisfies(call -> assertThat(call.parameters().get("Parameters"))
            .matches("\\{\"ips\":\"[0-9.]+,[0-9.]+\"\\}"));
    Set<String> allowed = new TreeSet<>();
    for (JsonNode statement : new ObjectMapper().readTree(text).path("Statement")) {
      statement.path("Action").forEach(action -> allowed.add(action.asText()));
    }
    allowed.removeAll(called());
    assertThat(allowed)
        .containsExactlyInAnyOrder(
            "ecs:StopInvocation", "ecs:DescribeInvocations", "ess:RecordLifecycleActionHeartbeat");
  }

  @Test
  void instances_are_named_after_their_addresses() throws Exception {
    assertThat(results("asg-name")).containsExactly("CONTINUE");

    assertThat(account.cloud.scaling().waits().get(0).instanceIds())
        .allMatch(id -> account.cloud.fleet().look(id).name().matches("shop-192-168-\\d+-\\d+"));
  }

  /** The long job of the same kind is LifecycleBurstTest of the module local. */
  @Test
  void a_burst_under_throttling_gives_each_token_one_execution_and_one_result() throws Exception {
    int events = 8;
    AutoScaling scaling = account.cloud.scaling();
    scaling.group(GroupSpec.named("name").id("asg-name"));
    scaling.hook(
        "asg-name",
        "install",
        Transition.SCALE_OUT,
        Duration.ofHours(1),
        Result.ROLLBACK,
        scaling.topicArn("cn-hangzhou", "hooks"));
    account.cloud.messages().duplicateNext(events);
    account.cloud.faults().next(2, "Sts", "AssumeRole", Fault.throttle());
    account.cloud.faults().next(2, "Ecs", "ModifyInstanceAttribute", Fault.throttle());
    account.cloud.faults().next(1, "Ess", "CompleteLifecycleAction", new Fault.LostReply());
    for (int i = 0; i < events; i++) {
      scaling.scaleOut("asg-name", 1, "test");
    }

    Eventually.is(
        () -> scaling.waits().stream().filter(wait -> wait.completions() == 1).count() == events);

    assertThat(scaling.waits())
        .hasSize(events)
        .allMatch(wait -> wait.result().equals("CONTINUE") && wait.completions() == 1);
    Map<String, Set<String>> callers = new HashMap<>();
    for (CallRecord call : account.completions(events)) {
      callers
          .computeIfAbsent(
              call.parameters().getOrDefault("LifecycleActionToken", ""), token -> new TreeSet<>())
          .add(call.caller());
    }
    assertThat(callers).hasSize(events);
    assertThat(callers.values())
        .allMatch(executions -> executions.size() == 1)
        .doesNotHaveDuplicates();
  }

  private Set<String> called() {
    Set<String> called = new TreeSet<>();
    for (CallRecord call : account.cloud.log().records()) {
      called.add(call.service().toLowerCase(Locale.ROOT) + ":" + call.api());
    }
    return called;
  }
}
