package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.ecs.InstanceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Freezes, queues, locks, pauses and retries as people in a chat meet them. */
class OperatingTest {
  @RegisterExtension
  final Account account = Account.deployed();

  private void configure(String more) throws IOException {
    Files.writeString(account.folder.resolve("chatops.yaml"), more, StandardOpenOption.APPEND);
    account.restart();
  }

  private HandOver.Run send(String family, String verb, String... arguments) throws IOException {
    HandOver.Run run = account.command(Account.ANN, Language.EN, family, verb, arguments);
    account.send(run);
    return run;
  }

  private String answer(HandOver.Run run) throws IOException {
    List<com.fasterxml.jackson.databind.JsonNode> answers = account.answers(run);
    return answers.isEmpty() ? "" : answers.get(answers.size() - 1).toString();
  }

  private String show(HandOver.Run run) throws IOException {
    return answer(send("oos", "show", run.executionId()));
  }

  private HandOver.Run waiting() throws IOException {
    account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    return send(
        "oos",
        "run",
        "ECS-BulkRebootInstancesWithApproval",
        "targets=name:web-*",
        "webHookUrl=" + account.peer.baseUrl() + "/robot/send?access_token=planted-token");
  }

  @Test
  void while_starts_are_frozen_people_are_told_who_did_it_and_why() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01").stopped());

    HandOver.Run freeze = send("oos", "freeze", "release", "tonight");
    HandOver.Run start = send("ecs", "start", id);
    HandOver.Run list = send("oos", "list");

    assertThat(answer(freeze)).contains("frozen, by ann", "release tonight");
    assertThat(answer(start))
        .contains("Not started", "slack:T0001/U0001", "release tonight", "ephemeral");
    assertThat(answer(list)).contains("Frozen: *");
    assertThat(account.cloud.log().of("Ecs", "StartInstance")).isEmpty();

    assertThat(answer(send("oos", "unfreeze"))).contains("allowed again, by ann");
    assertThat(answer(send("ecs", "start", id))).contains("done");
  }

  @Test
  void a_freeze_of_a_pattern_leaves_other_templates_alone() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01").stopped());
    HandOver.Run freeze = account.command(Account.ANN, Language.EN, "oos", "freeze", "why");
    account.send(account.withOption(freeze, "templates", "ECS-Re*"));

    assertThat(answer(send("ecs", "start", id))).contains("done");
    assertThat(answer(send("ecs", "reboot", id))).contains("Not started", "ECS-Re*");
  }

  @Test
  void beyond_a_limit_starts_are_queued_and_beyond_the_queue_refused() throws Exception {
    configure("limits: [{templates: [\"ECS-Bulk*\"], running: 1, queued: 1}]\n");
    HandOver.Run first = waiting();
    HandOver.Run second = waiting();
    HandOver.Run third = waiting();

    assertThat(answer(second)).contains("queued, place 1");
    assertThat(show(second)).contains("Queued", "place 1 of 1 in the queue");
    assertThat(answer(third)).contains("Not started", "(1) and wait (1)");

    send("oos", "cancel", first.executionId());

    assertThat(show(first)).contains("Cancelled");
    Eventually.is(() -> show(second).contains("Waiting"));
  }

  @Test
  void two_executions_do_not_change_one_instance_at_once() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    account.cloud.faults().next(1, "Ecs", "RebootInstance", new Fault.LostReply());
    account.cloud.faults().next(1, "Ecs", "RebootInstance", new Fault.LostReply());
    HandOver.Run first = send("ecs", "reboot", id);
    HandOver.Run second = send("ecs", "stop", id);

    assertThat(show(first)).contains("WaitingForOutcomeDecision");
    assertThat(answer(second)).contains("waits for " + id, first.executionId());
    assertThat(show(second)).contains("WaitingForLock", first.executionId());
    assertThat(account.cloud.log().of("Ecs", "StopInstance")).isEmpty();
  }

  @Test
  void a_paused_execution_stands_still_until_it_is_resumed() throws IOException {
    HandOver.Run run = waiting();
    ApprovalRef approval =
        ApprovalRef.parse(Account.buttonValue(account.answers(run).get(0)));

    HandOver.Run pause = send("oos", "pause", run.executionId(), "lunch");
    account.send(account.decide(Account.BOB, run.executionId(), approval.approvalId(), true));
    assertThat(answer(pause)).contains("paused by ann");
    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).isEmpty();
    assertThat(answer(send("oos", "pause", run.executionId()))).contains("not possible now");

    assertThat(answer(send("oos", "resume", run.executionId()))).contains("goes on, by ann");
    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).hasSize(1);
  }

  @Test
  void a_failed_task_runs_again_from_the_chat_and_a_changed_region_needs_its_right()
      throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01").stopped());
    account
        .cloud
        .faults()
        .next(1, "Ecs", "StartInstance", new Fault.Refuse(403, "OperationDenied", "not now"));
    HandOver.Run run = send("ecs", "start", id);
    assertThat(answer(run)).contains("failed");

    assertThat(answer(send("oos", "retry", run.executionId(), "regionId=cn-beijing")))
        .contains("Not allowed", "cn-beijing");
    assertThat(answer(send("oos", "retry", run.executionId(), "nosuchtask")))
        .contains("no task 'nosuchtask'");
    HandOver.Run retry = send("oos", "retry", run.executionId());

    assertThat(answer(retry)).contains("the failed task runs again, by ann");
    assertThat(answer(run)).contains("done");
    assertThat(answer(send("oos", "retry", run.executionId()))).contains("has ended");
  }
}
