package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Approval.AtExpiry;
import chatops.engine.execution.Decision;
import chatops.engine.policy.Policy;
import chatops.engine.run.Settings;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: approve
          Action: ACS::Approve
          Properties:
            NotifyType: WebHook
            WebHook: {URI: 'https://hooks.example/x', Content: {msgtype: text, text: {content: 'Go?'}}}
        - {Name: go, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
      """;
  private static final String NAP = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - {Name: nap, Action: ACS::Sleep, Properties: {Duration: P20D}}
        - {Name: go, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
      """;

  private static World world(
      @Nullable Duration approval, AtExpiry outcome, @Nullable Duration execution) {
    Policy policy = new Policy(approval, outcome, execution, null, null);
    return new World()
        .settings(
            Settings.defaults().withInProcessWait(Duration.ZERO).withPolicies(template -> policy))
        .template("ask", ASK)
        .template("nap", NAP);
  }

  @ParameterizedTest
  @CsvSource({"APPROVE,Success,1", "REJECT,Cancelled,0", "CANCEL,Cancelled,0"})
  void an_approval_nobody_decides_comes_to_the_configured_outcome(
      AtExpiry outcome, String status, int commands) {
    World world = world(Duration.ofHours(2), outcome, null);
    world.run("ask", "{}");
    assertThat(world.view().approvals().get(0).expiresAt())
        .isEqualTo(world.view().createdAt().plus(Duration.ofHours(2)));
    assertThat(world.view().wakeAt()).isEqualTo(world.view().approvals().get(0).expiresAt());

    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofHours(3)));
    ExecutionView view = world.drive();

    assertThat(view.status()).isEqualTo(status);
    assertThat(view.approvals().get(0).outcome()).isEqualTo(Approval.Outcome.EXPIRED);
    assertThat(world.cloud.count("RunCommand")).isEqualTo(commands);
    assertThat(world.vote(World.BO, Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.ALREADY_CLOSED);
  }

  @Test
  void a_decision_in_time_counts_and_the_expiry_does_not() {
    World world = world(Duration.ofHours(2), AtExpiry.REJECT, null);
    world.run("ask", "{}");
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofMinutes(119)));

    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofHours(2)));

    assertThat(world.drive().status()).isEqualTo("Success");
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, -1, 0, 1, 2})
  void a_vote_that_meets_the_expiry_leaves_one_outcome(int seconds) {
    for (Decision decision : Decision.values()) {
      World world = world(Duration.ofHours(2), AtExpiry.REJECT, null);
      world.run("ask", "{}");
      world.clock.setAtLeast(
          world.view().createdAt().plus(Duration.ofHours(2)).plusSeconds(seconds));

      VoteResult vote = world.vote(World.BO, decision);
      ExecutionView view = world.drive();

      boolean counts = seconds < 0;
      assertThat(vote.state())
          .isEqualTo(counts ? VoteResult.State.DECIDED : VoteResult.State.ALREADY_CLOSED);
      assertThat(view.status())
          .isEqualTo(counts && decision == Decision.APPROVE ? "Success" : "Cancelled");
      assertThat(world.cloud.count("RunCommand"))
          .isEqualTo(view.status().equals("Success") ? 1 : 0);
    }
  }

  @Test
  void an_execution_that_takes_too_long_is_cancelled_at_that_very_time() {
    World world = world(null, AtExpiry.REJECT, Duration.ofDays(3));
    world.run("nap", "{}");

    ExecutionView view = world.drive();

    assertThat(view.status()).isEqualTo("Cancelled");
    assertThat(view.statusMessage()).contains("longer than");
    assertThat(view.endedAt()).isEqualTo(view.createdAt().plus(Duration.ofDays(3)));
    assertThat(world.cloud.count("RunCommand")).isZero();
  }

  @Test
  void without_a_setting_nothing_expires() {
    World world = world(null, AtExpiry.REJECT, null);
    world.run("ask", "{}");
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(400)));

    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
  }
}
