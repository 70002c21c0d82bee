package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.ecs.InstanceSpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody tries who belongs here and may do some things. */
class InsiderTest {
  private static final Principal BEARER = new Principal(Platform.WEB, "", "bearer", "");

  private static final String TWICE = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Parameters: {hook: {Type: String}}
      Tasks:
        - {Name: first, Action: ACS::Approve, Properties: {NotifyType: WebHook, WebHook: {URI: '{{ hook }}', Content: {msgtype: text, text: {content: 'one?'}}}}}
        - {Name: second, Action: ACS::Approve, Properties: {NotifyType: WebHook, WebHook: {URI: '{{ hook }}', Content: {msgtype: text, text: {content: 'two?'}}}}}
      """;

  private static final String STOP = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Parameters: {instance: {Type: String}, parameters: {Type: Json, Default: {}}}
      Tasks:
        - Name: stop
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: StopInstance, Parameters: {InstanceId: '{{ instance }}'}}
      """;

  @RegisterExtension
  final Account account = Account.deployed(Map.of("Twice.yml", TWICE, "Stop.yml", STOP));

  private HandOver.Run say(Principal who, String line) throws IOException {
    String[] words = line.split(" ");
    HandOver.Run run = account.command(
        who, Language.EN, words[0], words[1], Arrays.copyOfRange(words, 2, words.length));
    account.send(run);
    return run;
  }

  private String answer(HandOver.Run run) throws IOException {
    List<JsonNode> answers = account.answers(run);
    return answers.isEmpty() ? "" : answers.get(answers.size() - 1).toString();
  }

  private HandOver.Run failed() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01").stopped());
    account
        .cloud
        .faults()
        .next(1, "Ecs", "StartInstance", new Fault.Refuse(403, "OperationDenied", "not now"));
    HandOver.Run run = say(Account.ANN, "ecs start " + id);
    assertThat(answer(run)).contains("failed");
    return run;
  }

  private HandOver.Run asked(String template) throws IOException {
    return say(
        Account.ANN,
        "oos run " + template + " hook=" + account.peer.baseUrl()
            + "/robot/send?access_token=planted");
  }

  private ApprovalRef question(HandOver.Run run, int number) throws IOException {
    List<JsonNode> questions = account.answers(run).stream()
        .filter(message -> message.toString().contains("\"approve\""))
        .toList();
    return ApprovalRef.parse(Account.buttonValue(questions.get(number)));
  }

  @Test
  void a_region_hidden_inside_a_changed_value_needs_its_right_too() throws IOException {
    HandOver.Run run = failed();

    for (String hidden : List.of(
        "targets={\"Type\":\"ResourceIds\",\"RegionId\":\"cn-beijing\",\"ResourceIds\":[\"i-1\"]}",
        "targets=[{\"Type\":\"All\",\"regionId\":\"cn-beijing\"}]",
        "regionId=[\"cn-beijing\"]")) {
      assertThat(answer(say(Account.ANN, "oos retry " + run.executionId() + " " + hidden)))
          .as(hidden)
          .contains("Not allowed", "cn-beijing");
    }
  }

  @Test
  void a_value_given_twice_in_two_spellings_is_refused_before_it_is_decided_on()
      throws IOException {
    HandOver.Run run = failed();

    assertThat(answer(say(
            Account.ANN,
            "oos retry " + run.executionId() + " regionId=cn-beijing RegionID=cn-hangzhou")))
        .contains("given twice");
  }

  @Test
  void who_may_retry_may_not_have_something_else_called() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    HandOver.Run run = say(Account.ANN, "oos run Stop instance=i-none");
    assertThat(answer(run)).contains("failed");

    for (String change : List.of(
        "API=RebootInstance",
        "Service=RAM",
        "InstanceId=" + id,
        "parameters={\"InstanceId\":\"" + id + "\"}",
        "Parameters={\"InstanceId\":\"" + id + "\"}")) {
      assertThat(answer(say(Account.ANN, "oos retry " + run.executionId() + " stop " + change)))
          .as(change)
          .contains("Not allowed", "ecs script");
    }
    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).isEmpty();
    assertThat(account.cloud.log().of("Ecs", "StopInstance")).hasSize(1);

    say(Account.ANN, "oos retry " + run.executionId() + " instance=" + id);
    assertThat(answer(run)).contains("done");
  }

  @Test
  void a_template_that_runs_what_somebody_names_needs_the_right_to_run_anything()
      throws IOException {
    for (String task : List.of(
        "{Name: a, Action: ACS::Template, Properties: {TemplateName: '{{ what }}'}}",
        "{Name: a, Action: ACS::Template, Properties: {TemplateContent: '{{ what }}'}}",
        "{Name: a, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: '{{ what }}'}}",
        "{Name: a, Action: ACS::ExecuteAPI, Properties: {Service: OOS, API: StartExecution, Parameters: {TemplateName: '{{ what }}'}}}")) {
      Files.writeString(
          account.folder.resolve("templates/Any.yml"),
          "FormatVersion: OOS-2019-06-01\nRamRole: OOSServiceRole\nParameters: {what: {Type: String}}\nTasks: ["
              + task + "]\n");
      account.restart();

      assertThat(answer(say(Account.ANN, "oos run Any what=Stop")))
          .as(task)
          .contains("Not allowed", "ecs script");
    }
  }

  @Test
  void who_may_not_see_a_template_sees_none_of_its_executions_in_the_chat() throws IOException {
    HandOver.Run run = failed();
    account.configure("templates: [\"*\"]", "templates: [\"ECS-Stop*\"]");
    account.restart();

    assertThat(answer(say(Account.ANN, "oos show " + run.executionId())))
        .contains("Not allowed", "ECS-StartInstances")
        .doesNotContain("OperationDenied");
    assertThat(answer(say(Account.ANN, "oos logs " + run.executionId())))
        .contains("Not allowed")
        .doesNotContain("OperationDenied");
    assertThat(answer(say(Account.ANN, "oos list"))).doesNotContain(run.executionId());
  }

  @Test
  void who_may_not_start_it_so_does_not_make_it_go_on() throws IOException {
    HandOver.Run run = failed();
    account.configure("regions: [cn-hangzhou]", "regions: [cn-beijing]");
    account.restart();
    assertThat(answer(say(Account.ANN, "oos retry " + run.executionId())))
        .contains("Not allowed", "cn-hangzhou");

    account.configure(
        "regions: [cn-beijing]", "regions: [cn-hangzhou]\n    parameters: {targets: [i-mine]}");
    account.restart();
    assertThat(answer(say(Account.ANN, "oos retry " + run.executionId())))
        .contains("Not allowed", "targets=");
    assertThat(answer(say(Account.ANN, "oos skip " + run.executionId())))
        .contains("Not allowed", "targets=");
    assertThat(account.cloud.log().of("Ecs", "StartInstance")).hasSize(1);
  }

  @Test
  void what_a_button_of_a_decided_question_types_decides_no_later_one() throws IOException {
    HandOver.Run run = asked("Twice");
    ApprovalRef first = question(run, 0);
    String pressed = "oos approve " + first.executionId() + " " + first.approvalId();
    say(Account.BOB, pressed);
    ApprovalRef second = question(run, 1);
    assertThat(second.approvalId()).isNotEqualTo(first.approvalId());

    String again = answer(say(Account.BOB, pressed));

    assertThat(again).contains("already decided");
    assertThat(decision(second)).isEmpty();
    String unknown = "oos approve " + first.executionId() + " ap00000000000000000000000000";
    assertThat(answer(say(Account.BOB, unknown))).contains("no such open approval");
    assertThat(decision(second)).isEmpty();
    say(Account.BOB, "oos reject " + first.executionId() + " not today");
    assertThat(decision(second)).isEqualTo("reject");
  }

  @Test
  void who_is_asked_sees_what_is_asked_and_nothing_else_of_that_template() throws IOException {
    HandOver.Run run = asked("Twice");
    account.configure(
        "approvals: {",
        "  - who: [group:approvers, \"slack:T0001/U0009\"]\n"
            + "    commands: [oos show, oos list, oos logs]\n"
            + "    templates: [ECS-DescribeInstances]\n"
            + "approvals: {");
    account.restart();
    Principal other = new Principal(Platform.SLACK, "T0001", "U0009", "dan");

    assertThat(answer(say(Account.BOB, "oos show " + run.executionId()))).contains("Waiting");
    assertThat(answer(say(Account.BOB, "oos list"))).contains(run.executionId());
    assertThat(answer(say(Account.BOB, "oos logs " + run.executionId()))).contains("Not allowed");
    assertThat(answer(say(other, "oos show " + run.executionId()))).contains("Not allowed");
    assertThat(answer(say(other, "oos list"))).doesNotContain(run.executionId());
  }

  private String decision(ApprovalRef approval) throws IOException {
    return account
        .send(new HandOver.Ask(
            "approval", approval.executionId(), approval.approvalId(), BEARER, Language.EN))
        .path("decision")
        .asText();
  }

  @Test
  void a_link_is_no_second_person() throws IOException {
    account.configure(
        "requesterMayApprove: false",
        "requesterMayApprove: false, rules: [{templates: [Twice], needed: 2}]");
    account.configure(
        "approvers: [\"slack:T0001/U0002\"]",
        "approvers: [\"slack:T0001/U0002\", \"slack:T0001/U0003\"]");
    account.restart();
    HandOver.Run run = asked("Twice");
    ApprovalRef question = question(run, 0);
    account.send(account.decide(Account.BOB, question.executionId(), question.approvalId(), true));

    JsonNode seen =
        account.send(account.decide(BEARER, question.executionId(), question.approvalId(), true));

    assertThat(seen.path("decidable").asBoolean()).isFalse();
    assertThat(seen.path("decision").asText()).isEmpty();
    assertThat(seen.path("approved")).hasSize(1);
    // not even to say no: whoever it is may be nobody who decides
    account.send(account.decide(BEARER, question.executionId(), question.approvalId(), false));
    assertThat(decision(question)).isEmpty();
  }

  @Test
  void who_is_no_approver_any_more_decides_nothing_from_that_moment_on() throws IOException {
    HandOver.Run run = asked("Twice");
    ApprovalRef question = question(run, 0);
    say(Account.ANN, "oos list");

    account.configure("approvers: [\"slack:T0001/U0002\"]", "approvers: [\"slack:T0001/U0003\"]");
    account.send(account.decide(Account.BOB, question.executionId(), question.approvalId(), true));

    assertThat(decision(question)).isEmpty();
  }
}
