package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.InstanceStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rights as Execution enforces them: with every parameter's value, and as the file stands now. */
class RightsInForceTest {
  private static final String ALL = "ramRoles: [OOSServiceRole, ReadRole]";
  private static final String STAGING =
      ALL + "\n    parameters: {targets: ['tag:env=staging*', 'i-stage*']}";

  @RegisterExtension
  final Account account = Account.deployed();

  private String answer(HandOver.Run run) throws IOException {
    account.send(run);
    return account.answers(run).get(account.answers(run).size() - 1).toString();
  }

  private HandOver.Run ann(String line) {
    String[] words = line.split(" ");
    return account.command(
        Account.ANN,
        Language.EN,
        words[0],
        words[1],
        java.util.Arrays.copyOfRange(words, 2, words.length));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ecs stop tag:env=staging                     | true",
        "ecs stop tag:env=staging tag:role=web        | true",
        "ecs stop i-stage1                            | true",
        "oos run ECS-StopInstances targets=tag:env=staging2 | true",
        "ecs stop tag:env=production                  | false",
        "ecs stop tag:role=web                        | false",
        "ecs stop name:*                              | false",
        "ecs stop i-stage1 i-prod1                    | false",
        "ecs stop tag:x=tag:env=staging               | false",
        "ecs status                                   | false",
        "oos run ECS-StopInstances targets={\"Type\":\"All\"} | false",
        "oos run ECS-StopInstances targets={\"Type\":\"Tags\",\"Tags\":[{\"Key\":\"env\",\"Value\":\"staging\"}],\"Parameters\":{\"InstanceIds\":[\"i-prod1\"]}} | false",
        "oos run ECS-StopInstances targets={\"Type\":\"Tags\",\"Tags\":[{\"Key\":\"env\",\"Value\":\"staging\"},{\"Key\":\"env\",\"Value\":\"prod\"}]} | false",
        "oos run ECS-StopInstances targets={\"Type\":\"Tags\",\"Tags\":[{\"Key\":\"env=staging\",\"Value\":\"x\"}]} | false",
      })
  void a_person_reaches_the_instances_the_patterns_allow_and_no_others(
      String line, boolean isAllowed) throws IOException {
    account.configure(ALL, STAGING);
    account.restart();

    String answer = answer(ann(line.strip()));

    if (isAllowed) {
      assertThat(answer).doesNotContain("Not allowed");
    } else {
      assertThat(answer).contains("Not allowed", "targets=");
      assertThat(account.cloud.log().records()).isEmpty();
    }
  }

  @Test
  void a_changed_file_counts_without_a_restart_and_execution_has_the_last_word() throws Exception {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01").stopped());
    account.configure("\"ecs *\"", "\"ecs status\"");

    // a Front that has read the new file says so, whatever it thought itself
    Eventually.is(() -> answer(account.knowing(ann("ecs start " + id))).contains("Not allowed"));

    assertThat(account.cloud.fleet().look(id).status()).isEqualTo(InstanceStatus.STOPPED);
    account.configure("\"ecs status\"", "\"ecs *\"");
    Eventually.is(() -> answer(account.knowing(ann("ecs start " + id))).contains("done"));
  }

  @Test
  void a_garbled_file_changes_nothing() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01").stopped());
    String good = account.knowing(ann("ecs status")).rightsHash();
    account.configure("version: 1", "version: [");

    HandOver.Run run = ann("ecs start " + id);
    String answer = answer(new HandOver.Run(
        run.executionId(),
        run.principal(),
        run.place(),
        run.command(),
        run.language(),
        run.receivedAt(),
        good.replace(good.charAt(0), 'x'),
        run.reply(),
        run.guard()));

    assertThat(answer).contains("done");
  }

  @Test
  void who_may_not_act_on_a_template_may_not_act_on_its_executions() throws IOException {
    account.cloud.fleet().launch(2, "web-", spec -> spec);
    HandOver.Run reboot =
        ann("oos run ECS-BulkRebootInstancesWithApproval targets=name:web-* webHookUrl="
            + account.peer.baseUrl() + "/robot/send?access_token=secret");
    account.send(reboot);
    account.configure("templates: [\"*\"]", "templates: [\"ECS-St*\"]");
    account.restart();

    assertThat(answer(ann("oos cancel " + reboot.executionId())))
        .contains("Not allowed", "ECS-BulkRebootInstancesWithApproval");
    assertThat(answer(ann("oos pause " + reboot.executionId()))).contains("Not allowed");
  }

  @Test
  void a_decision_that_needs_a_reason_does_not_count_without_one() throws IOException {
    account.configure("requesterMayApprove: false", "requesterMayApprove: false, reason: required");
    account.restart();
    account.cloud.fleet().launch(2, "web-", spec -> spec);
    HandOver.Run reboot =
        ann("oos run ECS-BulkRebootInstancesWithApproval targets=name:web-* webHookUrl="
            + account.peer.baseUrl() + "/robot/send?access_token=secret");
    account.send(reboot);
    JsonNode question = account.answers(reboot).get(0);
    assertThat(question.toString()).contains("needed for either decision", "<@U0002>");
    ApprovalRef approval = ApprovalRef.parse(Account.buttonValue(question));

    account.send(account.decide(Account.BOB, approval.executionId(), approval.approvalId(), true));

    assertThat(account.posts("/press/" + reboot.executionId()).get(0).toString())
        .contains("needs a reason", "/oos approve " + reboot.executionId());
    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).isEmpty();
    HandOver.Run typed = account.command(
        Account.BOB, Language.EN, "oos", "approve", reboot.executionId(), "window", "agreed");
    account.send(typed);
    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).hasSize(2);
  }
}
