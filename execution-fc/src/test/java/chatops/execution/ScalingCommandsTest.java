package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.handover.HandOver;
import chatops.cloudsim.ess.AutoScaling;
import chatops.cloudsim.ess.GroupSpec;
import chatops.cloudsim.ess.Result;
import chatops.cloudsim.ess.Transition;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code /ess …} against the simulated Auto Scaling, over HTTP. */
class ScalingCommandsTest {
  @RegisterExtension
  final Account account = Account.deployed();

  private AutoScaling scaling;

  @BeforeEach
  void deploy() throws IOException {
    scaling = account.cloud.scaling();
    account.cloud.messages().topic("hooks");
    scaling.group(GroupSpec.named("web-1").id("asg-web1").sizes(0, 10));
    scaling.group(GroupSpec.named("web.2").id("asg-web2"));
    scaling.group(GroupSpec.named("db").id("asg-db"));
    scaling.hook(
        "asg-web1",
        "install",
        Transition.SCALE_OUT,
        Duration.ofSeconds(300),
        Result.CONTINUE,
        scaling.topicArn("cn-hangzhou", "hooks"));
  }

  private String answer(String verb, String... words) throws Exception {
    HandOver.Run run = account.command(Account.ANN, Language.EN, "ess", verb, words);
    account.send(run);
    Eventually.is(() -> account.answers(run).stream().anyMatch(ScalingCommandsTest::isEnd));
    List<JsonNode> answers = account.answers(run);
    return answers.get(answers.size() - 1).toString();
  }

  private static boolean isEnd(JsonNode answer) {
    String text = answer.toString();
    return text.contains("done") || text.contains("failed") || text.contains("Not started");
  }

  @Test
  void groups_are_found_by_id_and_by_pattern() throws Exception {
    assertThat(answer("groups")).contains("Scaling groups", "asg-web1", "asg-web2", "asg-db");
    assertThat(answer("groups", "web*")).contains("asg-web1", "asg-web2").doesNotContain("asg-db");
    assertThat(answer("groups", "web.*")).contains("asg-web2").doesNotContain("asg-web1");
    assertThat(answer("groups", "db")).contains("asg-db").doesNotContain("asg-web");
    assertThat(answer("groups", "asg-web1")).contains("0 (0-10)").doesNotContain("asg-web2");
  }

  @Test
  void hooks_are_listed() throws Exception {
    assertThat(answer("hooks", "asg-web1"))
        .contains("install", "SCALE_OUT", "300 s", "CONTINUE", "topic/hooks");
    assertThat(answer("hooks", "asg-web1", "asg-web2")).contains("'asg-web2' is one word too many");
    assertThat(answer("hooks", "asg-none"))
        .contains("InvalidScalingGroupId.NotFound", "/ess groups lists them");
    assertThat(answer("activities", "asg-none")).contains("InvalidScalingGroupId.NotFound");
  }

  @Test
  void a_waiting_hook_is_seen_and_completed_once() throws Exception {
    String activity = scaling.scaleOut("asg-web1", 2, "test");
    Eventually.is(() -> !scaling.waits().isEmpty());
    String token = scaling.waits().get(0).token();

    assertThat(answer("groups", "web-1")).contains("Pending:Wait 2");
    assertThat(answer("activities", "asg-web1")).contains(activity, "InProgress", token);
    assertThat(answer("complete", token, "later"))
        .contains("'later' is no result of a lifecycle hook");
    assertThat(answer("complete", token, "abandon", "asg-web2"))
        .contains("no hook waits with this token");

    assertThat(answer("complete", token, "continue")).contains("done", "CONTINUE");

    assertThat(scaling.waits().get(0).result()).isEqualTo("CONTINUE");
    assertThat(answer("complete", token, "abandon"))
        .contains("LifecycleHookIdAndLifecycleActionToken.Invalid");
    assertThat(scaling.waits().get(0).completions()).isEqualTo(1);
    assertThat(account.cloud.log().of("Ess", "CompleteLifecycleAction")).hasSize(1);
  }

  @Test
  void who_has_no_right_is_told_so() throws Exception {
    HandOver.Run run = account.command(Account.BOB, Language.EN, "ess", "groups");
    account.send(run);

    assertThat(account.answers(run).toString()).contains("Not allowed: Scaling groups");
    assertThat(account.cloud.log().of("Ess", "DescribeScalingGroups")).isEmpty();
  }
}
