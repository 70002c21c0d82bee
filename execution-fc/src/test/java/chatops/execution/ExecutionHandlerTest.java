package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.Seal;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.InstanceStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionHandlerTest {
  private static final Principal BEARER = new Principal(Platform.WEB, "", "bearer", "");

  @RegisterExtension
  final Account account = open();

  /** An account whose Execution keeps its executions in one file. */
  Account open() {
    return Account.deployed();
  }

  @Test
  void a_stopped_instance_is_started_under_a_session_of_the_execution_and_the_result_arrives()
      throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01").stopped());
    HandOver.Run run = account.command(Account.ANN, Language.EN, "ecs", "start", id);

    account.send(run);

    assertThat(account.cloud.fleet().look(id).status()).isEqualTo(InstanceStatus.RUNNING);
    List<JsonNode> answers = account.answers(run);
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).path("response_type").asText()).isEqualTo("in_channel");
    assertThat(answers.get(0).path("replace_original").isBoolean()).isTrue();
    assertThat(answers.get(0).toString())
        .contains("Start instances: done")
        .contains(id)
        .contains("web-01")
        .contains("Running")
        .contains(run.executionId());
    assertThat(account.cloud.log().of("Ecs", "StartInstance"))
        .extracting(CallRecord::caller)
        .allMatch(
            caller -> caller.contains("OOSServiceRole/oos-" + run.executionId().substring(0, 27)));
  }

  @Test
  void the_answer_is_in_the_language_of_the_person() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    HandOver.Run run = account.command(Account.ANN, Language.ZH, "ecs", "status", id);

    account.send(run);

    assertThat(account.answers(run).get(0).path("text").asText()).contains("实例状态：已完成");
  }

  @Test
  void the_same_message_twice_runs_once() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01").stopped());
    HandOver.Run run = account.command(Account.ANN, Language.EN, "ecs", "start", id);

    account.send(run);
    account.send(run);

    assertThat(account.cloud.log().of("Ecs", "StartInstance")).hasSize(1);
    assertThat(account.answers(run)).hasSize(1);
  }

  @Test
  void an_approved_bulk_reboot_asks_waits_for_a_second_person_survives_a_restart_and_reports()
      throws IOException {
    List<String> ids = account.cloud.fleet().launch(3, "web-", spec -> spec);
    HandOver.Run run = bulkReboot();

    account.send(run);

    assertThat(account.posts("/robot/send")).hasSize(1);
    assertThat(account.posts("/robot/send").get(0).toString())
        .contains("https://front.example.com/approvals/");
    JsonNode question = account.answers(run).get(0);
    ApprovalRef approval = ApprovalRef.parse(Account.buttonValue(question));
    assertThat(approval.executionId()).isEqualTo(run.executionId());

    account.restart();
    account.send(account.decide(Account.ANN, run.executionId(), approval.approvalId(), true));
    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).isEmpty();

    account.send(account.decide(Account.BOB, run.executionId(), approval.approvalId(), true));

    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).hasSize(3);
    List<JsonNode> presses = account.posts("/press/" + run.executionId());
    assertThat(presses.get(0).path("response_type").asText()).isEqualTo("ephemeral");
    assertThat(presses.get(presses.size() - 1).path("replace_original").asBoolean())
        .isTrue();
    assertThat(presses.get(presses.size() - 1).toString()).contains("approved by bob");
    JsonNode result = account.answers(run).get(1);
    assertThat(result.toString()).contains("done").contains(ids.get(0));
  }

  @Test
  void a_rejection_by_the_links_page_cancels_and_reboots_nothing() throws Exception {
    account.cloud.fleet().launch(2, "web-", spec -> spec);
    HandOver.Run run = bulkReboot();
    account.send(run);
    String approvalId =
        ApprovalRef.parse(Account.buttonValue(account.answers(run).get(0))).approvalId();

    JsonNode seen = account.send(
        new HandOver.Ask("approval", run.executionId(), approvalId, BEARER, Language.EN));
    JsonNode decided = account.send(account.decide(BEARER, run.executionId(), approvalId, false));

    assertThat(seen.path("decidable").asBoolean()).isTrue();
    assertThat(seen.path("targets").path("count").asInt()).isEqualTo(2);
    assertThat(seen.toString()).doesNotContain("access_token");
    assertThat(decided.path("decision").asText()).isEqualTo("reject");
    // going on is an invocation of its own, by Function Compute's queue
    Eventually.is(() -> account.answers(run).size() == 2);
    assertThat(account.answers(run).get(1).toString()).contains("cancelled");
    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).isEmpty();
  }

  @Test
  void what_is_decided_on_a_page_goes_on_at_once_in_whichever_instance_is_woken() throws Exception {
    account.cloud.fleet().launch(2, "web-", spec -> spec);
    HandOver.Run run = bulkReboot();
    account.send(run);
    String approvalId =
        ApprovalRef.parse(Account.buttonValue(account.answers(run).get(0))).approvalId();

    account.sendElsewhere(account.decide(BEARER, run.executionId(), approvalId, true));

    Eventually.is(() -> account.cloud.log().of("Ecs", "RebootInstance").size() == 2);
  }

  @Test
  void an_unknown_instance_fails_with_its_id_and_the_next_step() throws IOException {
    HandOver.Run run = account.command(Account.ANN, Language.EN, "ecs", "start", "i-doesnotexist");

    account.send(run);

    assertThat(account.answers(run).get(0).toString())
        .contains("failed")
        .contains("i-doesnotexist")
        .contains("/oos logs " + run.executionId());
  }

  @Test
  void what_rights_do_not_allow_is_answered_to_the_person_alone_and_starts_nothing()
      throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01").stopped());
    HandOver.Run run = account.command(Account.BOB, Language.EN, "ecs", "start", id);

    account.send(run);

    JsonNode answer = account.answers(run).get(0);
    assertThat(answer.path("response_type").asText()).isEqualTo("ephemeral");
    assertThat(answer.toString()).contains("slack:T0001/U0002");
    assertThat(account.cloud.log().records()).isEmpty();
    HandOver.Run show = account.command(Account.ANN, Language.EN, "oos", "show", run.executionId());
    account.send(show);
    assertThat(account.answers(show).get(0).toString())
        .contains("did not arrive")
        .contains("safe");
  }

  @Test
  void a_wrong_parameter_is_told_in_the_chat_with_the_next_step() throws IOException {
    HandOver.Run run = account.command(
        Account.ANN, Language.EN, "oos", "run", "ECS-StartInstances", "targetz=i-1");

    account.send(run);

    assertThat(account.answers(run).get(0).toString())
        .contains("Not started")
        .contains("The template has no parameter \\\"targetz\\\". Did you mean targets?")
        .contains("Like this: /oos run ECS-StartInstances targets=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecs stop ,", "oos run ECS-StopInstances targets=,"})
  void words_that_name_no_instance_do_not_stand_for_every_instance(String typed)
      throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    List<String> words = List.of(typed.split(" "));
    HandOver.Run run = account.command(
        Account.ANN,
        Language.EN,
        words.get(0),
        words.get(1),
        words.subList(2, words.size()).toArray(String[]::new));

    account.send(run);

    assertThat(account.answers(run).get(0).toString())
        .containsAnyOf("names no instances", "Instances are expected");
    assertThat(account.cloud.fleet().look(id).status()).isEqualTo(InstanceStatus.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"regionId=cn-beijing", "REGIONID=cn-beijing", "regionId=us-west-1"})
  void a_region_in_a_parameter_needs_the_right_that_the_option_needs(String parameter)
      throws IOException {
    HandOver.Run typed =
        account.command(Account.ANN, Language.EN, "oos", "run", "ECS-DescribeInstances", parameter);
    HandOver.Run run = account.withOption(typed, "region", "cn-hangzhou");

    account.send(run);

    assertThat(account.answers(run).get(0).toString())
        .contains("You may not act in region")
        .contains(parameter.substring("regionId=".length()));
    assertThat(account.cloud.log().records()).isEmpty();
  }

  @Test
  void a_parameter_in_two_spellings_is_refused() throws IOException {
    HandOver.Run run = account.command(
        Account.ANN,
        Language.EN,
        "oos",
        "run",
        "ECS-RebootInstances",
        "targets=name:db-1",
        "Targets=name:web-*");

    account.send(run);

    assertThat(account.answers(run).get(0).toString()).contains("given twice");
    assertThat(account.cloud.log().records()).isEmpty();
  }

  @Test
  void no_call_of_a_template_leaves_the_allowed_regions() throws IOException {
    Files.writeString(account.folder.resolve("templates/Far.yml"), """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - Name: look
            Action: ACS::ExecuteAPI
            Properties:
              Service: ECS
              API: DescribeInstances
              Parameters: {RegionId: us-west-1}
        """);
    account.restart();
    HandOver.Run run = account.command(Account.ANN, Language.EN, "oos", "run", "Far");

    account.send(run);

    assertThat(account.answers(run).get(0).toString())
        .contains("us-west-1")
        .contains("regions.allowed");
    assertThat(account.cloud.log().of("Ecs", "DescribeInstances")).isEmpty();
  }

  @Test
  void a_role_that_is_not_listed_is_refused_with_the_fix() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    HandOver.Run run = account.command(
        Account.ANN,
        Language.EN,
        "oos",
        "run",
        "ECS-RebootInstances",
        "targets=" + id,
        "OOSAssumeRole=AdminRole");

    account.send(run);

    assertThat(account.answers(run).get(0).toString()).contains("AdminRole");
    assertThat(account.cloud.log().of("Sts", "AssumeRole")).isEmpty();
  }

  @Test
  void two_executions_with_two_roles_do_not_mix_their_sessions() throws Exception {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    HandOver.Run one = account.command(
        Account.ANN, Language.EN, "oos", "run", "ECS-RebootInstances", "targets=" + id);
    HandOver.Run other = account.command(
        Account.ANN,
        Language.EN,
        "oos",
        "run",
        "ECS-DescribeInstances",
        "targets=" + id,
        "OOSAssumeRole=ReadRole");

    Thread first = sending(one);
    Thread second = sending(other);
    first.join();
    second.join();

    assertThat(account.cloud.log().of("Ecs", "RebootInstance"))
        .extracting(CallRecord::caller)
        .isNotEmpty()
        .allMatch(
            caller -> caller.contains("OOSServiceRole/oos-" + one.executionId().substring(0, 27)));
    assertThat(account.cloud.log().of("Ecs", "DescribeInstances"))
        .extracting(CallRecord::caller)
        .anyMatch(
            caller -> caller.contains("ReadRole/oos-" + other.executionId().substring(0, 27)))
        .noneMatch(caller -> caller.contains("ReadRole/oos-" + one.executionId().substring(0, 27)));
  }

  @Test
  void lists_logs_and_states_are_answered_privately() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    HandOver.Run run = account.command(Account.ANN, Language.EN, "ecs", "status", id);
    account.send(run);
    for (String verb : List.of("list", "show", "logs")) {
      HandOver.Run look = account.command(Account.ANN, Language.JA, "oos", verb, run.executionId());

      account.send(look);

      JsonNode answer = account.answers(look).get(0);
      assertThat(answer.path("response_type").asText()).isEqualTo("ephemeral");
      assertThat(answer.toString()).contains(run.executionId());
    }
  }

  @Test
  void events_that_are_none_of_ours_are_refused_without_throwing() throws IOException {
    for (String event :
        List.of("", "not json", "[]", "{\"kind\":\"chatops/v1\",\"type\":\"fly\"}", "{\"a\":1}")) {
      assertThat(account.send(account.bytes(event)).path("error").asText()).isNotEmpty();
    }
  }

  @Test
  void a_timer_event_sweeps() throws IOException {
    assertThat(account
            .send(
                account.bytes(
                    "{\"triggerTime\":\"2026-01-01T00:00:00Z\",\"triggerName\":\"sweep\",\"payload\":\"\"}"))
            .isObject())
        .isTrue();
  }

  @Test
  void a_command_that_function_compute_gave_up_is_told_to_its_person() throws IOException {
    HandOver.Run run = account.command(Account.ANN, Language.EN, "ecs", "status");
    String payload = new String(
        HandOverJson.encode(run, new Seal(Account.SEAL_KEYS)),
        java.nio.charset.StandardCharsets.UTF_8);
    var event = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
    event.putObject("requestContext").put("condition", "RetriesExhausted");
    event.put("requestPayload", payload);

    account.send(account.bytes(event.toString()));

    assertThat(account.answers(run).get(0).toString())
        .contains("could not be run (RetriesExhausted)")
        .contains(run.executionId());
  }

  @Test
  void a_message_sealed_with_another_key_is_told_by_its_execution_and_the_setting()
      throws IOException {
    HandOver.Run run = account.command(Account.ANN, Language.EN, "ecs", "status");
    byte[] message =
        HandOverJson.encode(run, new Seal("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="));

    assertThat(account.send(message).path("error").asText()).isNotEmpty();

    assertThat(Event.of(message, new Seal(Account.SEAL_KEYS)))
        .isInstanceOfSatisfying(
            Event.Unknown.class,
            event -> assertThat(event.why())
                .contains(run.executionId())
                .contains("CHATOPS_SEAL_KEYS of Front and of Execution must hold the same keys"));
  }

  private HandOver.Run bulkReboot() {
    return account.command(
        Account.ANN,
        Language.EN,
        "oos",
        "run",
        "ECS-BulkRebootInstancesWithApproval",
        "targets=name:web-*",
        "webHookUrl=" + account.peer.baseUrl() + "/robot/send?access_token=planted-token");
  }

  private Thread sending(HandOver.Run run) {
    Thread thread = new Thread(() -> {
      try {
        account.send(run);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
    thread.start();
    return thread;
  }
}
