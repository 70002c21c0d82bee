package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.Seal;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.ess.AutoScaling;
import chatops.cloudsim.ess.GroupSpec;
import chatops.cloudsim.ess.Result;
import chatops.cloudsim.ess.Transition;
import chatops.cloudsim.eventbridge.EventBus;
import chatops.cloudsim.mns.Subscription;
import chatops.cloudsim.slack.SlackMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a scale-out of the simulated Auto Scaling to the hook's result, over HTTP. */
@Execution(ExecutionMode.CONCURRENT)
class LifecycleHooksTest {
  private static final String SCALING = """
      scaling:
        chat: "slack:T0001/C0001"
        hooks:
          - groups: [asg-web]
            template: Prepare
            parameters: {instanceId: "${instanceId}", name: "web in ${scalingGroupId}"}
          - groups: [asg-quorum]
            template: Prepare
            parameters: {instanceId: "${instanceId}", name: quorum}
            policy: quorum 60%
            concurrency: 1
          - groups: [asg-own]
            template: Own
          - groups: [asg-lost]
            template: NoSuchTemplate
            failure: ROLLBACK
          - groups: [asg-ask]
            template: Ask
            parameters: {instanceIds: ["${instanceIds}"]}
          - groups: [asg-unlucky]
            template: Unlucky
            ramRole: ReadRole
      """;
  private static final String PREPARE = """
      FormatVersion: OOS-2019-06-01
      Parameters:
        instanceId: {Type: String}
        name: {Type: String}
      Tasks:
        - Name: rename
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: ModifyInstanceAttribute, Parameters: {InstanceId: '{{ instanceId }}', InstanceName: '{{ name }}'}}
      """;
  /** As the public lifecycle templates are made: its defaults name the hook's facts, and it completes the hook itself. */
  private static final String OWN = """
      FormatVersion: OOS-2019-06-01
      Parameters:
        regionId: {Type: String, Default: '${regionId}'}
        instanceIds: {Type: List, Default: ['${instanceIds}']}
        lifecycleHookId: {Type: String, Default: '${lifecycleHookId}'}
        lifecycleActionToken: {Type: String, Default: '${lifecycleActionToken}'}
        rateControl: {Type: Json, Default: {Mode: Concurrency, MaxErrors: 0, Concurrency: 10}}
        OOSAssumeRole: {Type: String, Default: OOSServiceRole}
      RamRole: '{{ OOSAssumeRole }}'
      Tasks:
        - Name: rename
          Action: ACS::ExecuteAPI
          OnError: abandon
          OnSuccess: goOn
          Properties: {Service: ECS, API: ModifyInstanceAttribute, Parameters: {InstanceId: '{{ ACS::TaskLoopItem }}', InstanceName: own}}
          Loop: {RateControl: '{{ rateControl }}', Items: '{{ instanceIds }}'}
        - Name: goOn
          Action: ACS::ExecuteAPI
          OnSuccess: ACS::END
          Properties:
            Service: ESS
            API: CompleteLifecycleAction
            Parameters: {RegionId: '{{ regionId }}', LifecycleHookId: '{{ lifecycleHookId }}', LifecycleActionToken: '{{ lifecycleActionToken }}', LifecycleActionResult: CONTINUE}
        - Name: abandon
          Action: ACS::ExecuteAPI
          Properties:
            Service: ESS
            API: CompleteLifecycleAction
            Parameters: {RegionId: '{{ regionId }}', LifecycleHookId: '{{ lifecycleHookId }}', LifecycleActionToken: '{{ lifecycleActionToken }}', LifecycleActionResult: ABANDON}
      """;

  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Parameters:
        instanceIds: {Type: List}
      Tasks:
        - Name: approve
          Action: ACS::Approve
          Properties:
            NotifyType: WebHook
            WebHook: {URI: 'https://oapi.dingtalk.com/robot/send?access_token=x', Content: {msgtype: text, text: {content: 'Let {{ instanceIds }} in?'}}}
      """;
  private static final String UNLUCKY = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - {Name: look, Action: ACS::ExecuteAPI, Properties: {Service: ESS, API: DescribeScalingGroups}}
      """;

  @RegisterExtension
  final Account account = Account.deployed(
      SCALING,
      Map.of("Prepare.yml", PREPARE, "Own.yml", OWN, "Ask.yml", ASK, "Unlucky.yml", UNLUCKY));

  private AutoScaling scaling() {
    return account.cloud.scaling();
  }

  /** A group with a hook that waits 300 s. @return the activity of a scale-out */
  private String scaleOut(String group, int instances, String arn) {
    scaling().group(GroupSpec.named(group.substring(4)).id(group));
    scaling()
        .hook(
            group, "install", Transition.SCALE_OUT, Duration.ofSeconds(300), Result.CONTINUE, arn);
    return scaling().scaleOut(group, instances, "test");
  }

  private String topic(Subscription.Format format) {
    return account.hookTopic(format);
  }

  private String topic() {
    return topic(Subscription.Format.JSON);
  }

  private AutoScaling.Sight wait(int number) throws Exception {
    Eventually.is(() -> scaling().waits().size() > number);
    return scaling().waits().get(number);
  }

  private AutoScaling.Sight ended(int number) throws Exception {
    wait(number);
    Eventually.is(() -> !scaling().waits().get(number).status().equals("Pending"));
    return scaling().waits().get(number);
  }

  /** Wake-ups that are still to come are not waited for. */
  private void invocationsEnd() throws Exception {
    Eventually.is(() -> account.cloud.functions().tasks("execution").stream()
        .filter(task -> !new String(task.payload(), StandardCharsets.UTF_8).contains("\"wake\""))
        .allMatch(task -> task.state().name().equals("SUCCEEDED")));
  }

  private List<SlackMessage> cards() {
    return account.cloud.slack().channels().messages("C0001");
  }

  private String card(String... words) throws Exception {
    Eventually.is(() -> cards().stream()
        .anyMatch(message -> List.of(words).stream().allMatch(message.toString()::contains)));
    return cards().stream()
        .map(SlackMessage::toString)
        .filter(text -> List.of(words).stream().allMatch(text::contains))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(
      value = Subscription.Format.class,
      names = {"JSON", "STREAM"})
  void a_scale_out_is_prepared_and_continued_with_one_card(Subscription.Format format)
      throws Exception {
    String activity = scaleOut("asg-web", 3, topic(format));

    AutoScaling.Sight wait = ended(0);

    assertThat(wait.result()).isEqualTo("CONTINUE");
    assertThat(wait.completions()).isEqualTo(1);
    assertThat(scaling().members("asg-web").values()).containsOnly("InService");
    assertThat(account.cloud.log().of("Ecs", "ModifyInstanceAttribute")).hasSize(3);
    String card = card("CONTINUE sent", "3 of 3 instances succeeded");
    assertThat(card).contains("Scale-out of web: 3 instance(s)").contains(activity);
    assertThat(cards()).hasSize(1);
    assertThat(cards().get(0).edits()).isPositive();
    assertThat(account.cloud.log().of("Ess", "CompleteLifecycleAction"))
        .extracting(CallRecord::caller)
        .allMatch(caller -> caller.contains("OOSServiceRole"));
  }

  @Test
  void every_way_and_every_repetition_ends_in_one_execution() throws Exception {
    account.cloud.messages().duplicateNext(1);
    account
        .cloud
        .bus()
        .rule(new EventBus.Rule(
            "hooks",
            List.of("acs.ess"),
            List.of("ess:LifecycleHook:"),
            "execution",
            EventBus.Schema.CLOUD_EVENT_ARRAY));
    String arn = topic();
    scaleOut("asg-web", 2, arn);
    AutoScaling.Sight wait = ended(0);
    String message = message("asg-web", wait, "1234567890123456").toString();

    account.send(
        new HandOver.Notification("1234567890123456", "hooks", "34A", message, Instant.now()));
    account.send(message.getBytes(StandardCharsets.UTF_8));
    account.cloud.bus().put("acs.ess", "ess:LifecycleHook:ScaleOut", "s", (ObjectNode)
        new ObjectMapper().readTree(message).path("content"));
    invocationsEnd();

    assertThat(account.cloud.log().of("Ecs", "ModifyInstanceAttribute")).hasSize(2);
    assertThat(account.cloud.log().of("Ess", "CompleteLifecycleAction")).hasSize(1);
    assertThat(cards()).hasSize(1);
  }

  private static ObjectNode message(String group, AutoScaling.Sight wait, String account) {
    ObjectNode message = new ObjectMapper().createObjectNode();
    message.put("userId", account).put("regionId", "cn-hangzhou");
    ObjectNode content = message.putObject("content");
    content
        .put("lifecycleHookId", wait.hookId())
        .put("lifecycleActionToken", wait.token())
        .put("lifecycleTransition", "SCALE_OUT")
        .put("scalingGroupId", group)
        .put("scalingActivityId", wait.activityId());
    wait.instanceIds().forEach(content.putArray("instanceIds")::add);
    return message;
  }

  /** Nobody asked for it, so nobody can be told: the instances wait, and it is taken up once more. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_hook_that_function_compute_gave_up_is_taken_up_once_more(boolean isPushed)
      throws Exception {
    scaleOut("asg-web", 2, "");
    AutoScaling.Sight wait = wait(0);
    String message = message("asg-web", wait, "1234567890123456").toString();
    String payload = isPushed
        ? new String(
            HandOverJson.encode(
                new HandOver.Notification(
                    "1234567890123456", "hooks", "34A", message, Instant.now()),
                new Seal(Account.SEAL_KEYS)),
            StandardCharsets.UTF_8)
        : message;
    ObjectNode event = new ObjectMapper().createObjectNode();
    event.putObject("requestContext").put("condition", "RetriesExhausted");
    event.put("requestPayload", payload);

    account.send(event.toString().getBytes(StandardCharsets.UTF_8));
    account.send(event.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(ended(0).result()).isEqualTo("CONTINUE");
    assertThat(account.cloud.log().of("Ecs", "ModifyInstanceAttribute")).hasSize(2);
  }

  @Test
  void one_failed_instance_abandons_all_where_the_policy_says_so() throws Exception {
    scaleOut("asg-web", 3, "");
    AutoScaling.Sight wait = wait(0);
    account.cloud.fleet().release(wait.instanceIds().get(1));

    account.send(
        message("asg-web", wait, "1234567890123456").toString().getBytes(StandardCharsets.UTF_8));

    assertThat(ended(0).result()).isEqualTo("ABANDON");
    assertThat(scaling().members("asg-web")).isEmpty();
    String card = card("ABANDON sent");
    assertThat(card)
        .contains("Policy any-failure: 2 of 3 instances succeeded")
        .contains("Failed: " + wait.instanceIds().get(1))
        .contains("InvalidInstanceId.NotFound");
  }

  @Test
  void a_quorum_is_counted_and_said() throws Exception {
    scaleOut("asg-quorum", 3, "");
    AutoScaling.Sight wait = wait(0);
    account.cloud.fleet().release(wait.instanceIds().get(0));

    account.send(message("asg-quorum", wait, "1234567890123456")
        .toString()
        .getBytes(StandardCharsets.UTF_8));

    assertThat(ended(0).result()).isEqualTo("CONTINUE");
    assertThat(card("CONTINUE sent"))
        .contains("Policy quorum 60%: 2 of 3 instances succeeded, 2 needed")
        .contains("Failed: " + wait.instanceIds().get(0));
  }

  @Test
  void a_template_that_completes_the_hook_itself_is_left_to_do_so() throws Exception {
    scaleOut("asg-own", 2, topic());

    AutoScaling.Sight wait = ended(0);

    assertThat(wait.result()).as(cards().toString()).isEqualTo("CONTINUE");
    assertThat(account.completions(1)).hasSize(1);
    assertThat(card("Own gave it the result CONTINUE itself")).doesNotContain("no result");
  }

  @Test
  void its_own_failure_path_is_its_own_too() throws Exception {
    scaleOut("asg-own", 2, "");
    AutoScaling.Sight wait = wait(0);
    account.cloud.fleet().release(wait.instanceIds().get(0));

    account.send(
        message("asg-own", wait, "1234567890123456").toString().getBytes(StandardCharsets.UTF_8));

    assertThat(ended(0).result()).isEqualTo("ABANDON");
    assertThat(account.cloud.log().of("Ess", "CompleteLifecycleAction")).hasSize(1);
    assertThat(card("Own gave it the result ABANDON itself"))
        .contains("InvalidInstanceId.NotFound")
        .doesNotContain("no result");
  }

  @Test
  void a_hook_whose_template_is_not_there_gets_the_result_for_failures() throws Exception {
    scaleOut("asg-lost", 1, topic());

    assertThat(ended(0).result()).isEqualTo("ROLLBACK");
    assertThat(card("ROLLBACK sent")).contains("NoSuchTemplate");
  }

  @Test
  void a_person_may_be_asked_while_the_hook_waits() throws Exception {
    scaleOut("asg-ask", 2, topic());
    Eventually.is(() -> cards().size() == 2);
    assertThat(scaling().waits().get(0).status()).isEqualTo("Pending");

    approve();

    assertThat(ended(0).result()).isEqualTo("CONTINUE");
  }

  /**
   * The wait began so long ago that it must be made longer at once, and it cannot be. KeepAliveTest counts twenty extensions and
   * six hours, with a clock that is set.
   */
  @ParameterizedTest
  @ValueSource(strings = {"LifecycleAction.RecordTimesExceeded", "LifecycleAction.TimeExceeded"})
  void a_hook_that_can_wait_no_longer_gets_the_policys_result_before_its_end_and_it_is_said(
      String code) throws Exception {
    account
        .cloud
        .faults()
        .next(
            1, "Ess", "RecordLifecycleActionHeartbeat", new Fault.Refuse(400, code, "No longer."));
    scaleOut("asg-ask", 1, "");
    ObjectNode message = message("asg-ask", wait(0), "1234567890123456");
    message.put("time", Instant.now().minusSeconds(250).toString());

    account.send(message.toString().getBytes(StandardCharsets.UTF_8));

    AutoScaling.Sight wait = ended(0);
    assertThat(wait.status()).isEqualTo("Completed");
    assertThat(wait.result()).isEqualTo("ABANDON");
    assertThat(card("ABANDON sent")).contains("cannot be waited for longer", code, "Cause:");
  }

  private void approve() throws IOException {
    for (SlackMessage message : cards()) {
      if (message.blocks().toString().contains("\"action_id\":\"approve\"")) {
        ApprovalRef approval = ApprovalRef.parse(Account.buttonValue(message.json()));
        account.send(
            account.decide(Account.BOB, approval.executionId(), approval.approvalId(), true));
      }
    }
  }

  @Test
  void a_missing_permission_is_named_on_the_card() throws Exception {
    scaleOut("asg-unlucky", 1, topic());

    String card = card("Forbidden.RAM");

    assertThat(card)
        .contains("no result was sent")
        .contains("Missing RAM action: ess:DescribeLifecycleHooks")
        .contains("What to do:");
  }

  @Test
  void a_hook_that_timed_out_before_is_explained_and_completed_by_nobody() throws Exception {
    scaleOut("asg-web", 1, "");
    AutoScaling.Sight wait = wait(0);
    // its default result was applied long ago
    scaling().expireNow(wait.token());

    account.send(
        message("asg-web", wait, "1234567890123456").toString().getBytes(StandardCharsets.UTF_8));

    String card = card("timed out before");
    assertThat(card).contains("LifecycleHookIdAndLifecycleActionToken.Invalid").contains("Cause:");
    assertThat(account.cloud.log().of("Ess", "CompleteLifecycleAction")).isEmpty();
    assertThat(account.cloud.log().of("Ecs", "ModifyInstanceAttribute")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"account", "owner", "group", "region", "token", "hook", "instances"})
  void what_is_not_ours_or_does_not_wait_changes_nothing(String what) throws Exception {
    scaleOut("asg-web", 1, "");
    AutoScaling.Sight wait = wait(0);
    ObjectNode message =
        message("asg-web", wait, what.equals("account") ? "9999999999999999" : "1234567890123456");
    ObjectNode content = (ObjectNode) message.path("content");
    switch (what) {
      case "group" -> content.put("scalingGroupId", "asg-nobody");
      case "region" -> message.put("regionId", "us-west-1");
      case "token" -> content.put("lifecycleActionToken", "made-up");
      case "hook" -> content.put("lifecycleHookId", "ash-made-up");
      case "instances" -> content.putArray("instanceIds").add("i-somebody-elses");
      default -> {}
    }

    account.send(new HandOver.Notification(
        what.equals("owner") ? "9999999999999999" : "1234567890123456",
        "hooks",
        "34A",
        message.toString(),
        Instant.now()));

    assertThat(scaling().waits().get(0).status()).isEqualTo("Pending");
    assertThat(account.cloud.log().of("Ecs", "ModifyInstanceAttribute")).isEmpty();
    assertThat(account.cloud.log().of("Ess", "CompleteLifecycleAction")).isEmpty();
  }

  @Test
  void two_hooks_of_one_activity_share_a_card() throws Exception {
    scaling().group(GroupSpec.named("web").id("asg-web"));
    for (String hook : List.of("first", "second")) {
      scaling()
          .hook(
              "asg-web",
              hook,
              Transition.SCALE_OUT,
              Duration.ofSeconds(300),
              Result.CONTINUE,
              topic());
    }
    scaling().scaleOut("asg-web", 2, "test");

    ended(1);

    card("Hook first: CONTINUE sent", "Hook second: CONTINUE sent");
    assertThat(cards()).hasSize(1);
  }

  @Test
  void a_process_that_dies_meanwhile_leaves_the_card_and_the_hook_to_the_next() throws Exception {
    scaleOut("asg-ask", 1, topic());
    Eventually.is(() -> cards().size() == 2);
    invocationsEnd();

    account.restart();
    approve();

    assertThat(ended(0).completions()).isEqualTo(1);
    card("CONTINUE sent");
    assertThat(cards()).hasSize(2);
  }

  @Test
  void a_freeze_is_said_with_what_follows() throws Exception {
    account.send(account.command(Account.ANN, Language.EN, "oos", "freeze", "no", "more"));

    scaleOut("asg-web", 1, topic());

    assertThat(card("nothing was started")).contains("no more").contains("default result CONTINUE");
    assertThat(scaling().waits().get(0).status()).isEqualTo("Pending");
  }

  @Test
  void a_completion_whose_answer_is_lost_counts_once() throws Exception {
    account.cloud.faults().next(1, "Ess", "CompleteLifecycleAction", new Fault.LostReply());

    scaleOut("asg-web", 1, topic());

    assertThat(ended(0).completions()).isEqualTo(1);
    card("CONTINUE sent");
  }

  @Test
  void throttling_is_waited_out() throws Exception {
    account.cloud.faults().next(2, "Ess", "DescribeLifecycleActions", Fault.throttle());
    account.cloud.faults().next(2, "Sts", "AssumeRole", Fault.throttle());

    scaleOut("asg-web", 1, topic());

    assertThat(ended(0).result()).isEqualTo("CONTINUE");
  }
}
