package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Decision;
import chatops.engine.execution.Person;
import chatops.engine.notice.Notice;
import chatops.engine.run.Settings;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ApprovalTest {
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Parameters: {approvers: {Type: List, Default: []}, needed: {Type: Number, Default: 1}}
      Tasks:
        - Name: approve
          Action: ACS::Approve
          Properties:
            NotifyType: WebHook
            WebHook: {URI: 'https://hooks.example/x', Content: {msgtype: text, text: {content: 'Go?'}}}
            Approvers: '{{ approvers }}'
            MinRequiredApprovals: '{{ needed }}'
        - {Name: go, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
      """;

  private final World world = new World()
      .template("ask", ASK)
      .template("bulk", Yaml.BULK_REBOOT)
      .template("ACS::ECS::RebootInstance", Yaml.REBOOT);

  @Test
  void the_requester_may_not_approve() {
    world.run("ask", "{}");

    assertThat(world.vote(World.ANN, Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.REQUESTER_EXCLUDED);
    assertThat(world.vote(Person.of("dingtalk:d1/ann", "ann"), Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.REQUESTER_EXCLUDED);
    assertThat(world.drive().status()).isEqualTo("Waiting");
  }

  @Test
  void the_requester_may_approve_where_the_setting_allows_it() {
    world.settings(Settings.defaults().withRequesterMayApprove(true));
    world.run("ask", "{}");

    assertThat(world.vote(World.ANN, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
  }

  @Test
  void only_named_approvers_count_and_one_person_counts_once() {
    world.run("ask", "{\"approvers\":[\"bo\",\"cy\",\"di\"],\"needed\":2}");

    assertThat(world.vote(Person.of("slack:T1/U9", "eve"), Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.NOT_AN_APPROVER);
    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.RECORDED);
    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.REPEATED);
    assertThat(world.vote(Person.of("dingtalk:d1/bo", "bo"), Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.RECORDED);
    assertThat(world.drive().status()).isEqualTo("Waiting");
    assertThat(world.vote(Person.of("slack:T1/U3", "cy"), Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.DECIDED);
    assertThat(world.vote(Person.of("slack:T1/U4", "di"), Decision.REJECT).state())
        .isEqualTo(VoteResult.State.ALREADY_CLOSED);
    assertThat(world.drive().status()).isEqualTo("Success");
  }

  @Test
  void a_vote_on_something_unknown_says_so() {
    assertThat(world
            .engine()
            .vote(World.ID, "ap0", Decision.APPROVE, World.BO, "", "d1")
            .state())
        .isEqualTo(VoteResult.State.UNKNOWN);
  }

  @Test
  void more_approvals_than_approvers_fail_the_task() {
    var view = world.run("ask", "{\"approvers\":[\"bo\"],\"needed\":2}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("MinRequiredApprovals is 2");
  }

  @Test
  void a_message_that_does_not_arrive_is_tried_again_and_the_question_stands() {
    world.hookStatus = 500;

    var view = world.run("ask", "{}");
    assertThat(view.waitingStatus()).isEqualTo("WaitingForApproval");
    for (int i = 0; i < 5; i++) {
      world.clock.advance(Duration.ofMinutes(2));
      world.advance();
    }
    assertThat(world.hooks).hasSize(3);

    world.vote(World.BO, Decision.APPROVE);
    assertThat(world.drive().status()).isEqualTo("Success");
  }

  @Test
  void an_approval_survives_the_end_of_the_process() {
    world.run("ask", "{}");
    world.restart();

    world.vote(World.BO, Decision.APPROVE);
    world.restart();

    assertThat(world.drive().status()).isEqualTo("Success");
  }

  @Test
  void a_decision_is_swept_up_when_nobody_advances_it() {
    world.run("ask", "{}");
    world.vote(World.BO, Decision.APPROVE);

    var swept = world.sweep();

    assertThat(swept).isEqualTo(new Swept(1, 1));
    assertThat(world.view().status()).isEqualTo("Success");
  }

  @Test
  void a_cancel_ends_what_waits_and_a_late_vote_changes_nothing() {
    world.run("ask", "{}");

    assertThat(world.engine().cancel(World.ID, World.BO, "wrong day"))
        .isEqualTo(Cancelled.REQUESTED);
    assertThat(world.engine().cancel(World.ID, World.BO, ""))
        .isEqualTo(Cancelled.ALREADY_REQUESTED);
    var view = world.drive();

    assertThat(view.status()).isEqualTo("Cancelled");
    assertThat(view.statusMessage()).contains("wrong day");
    assertThat(world.vote(World.BO, Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.ALREADY_CLOSED);
    assertThat(world.engine().cancel(World.ID, World.BO, "")).isEqualTo(Cancelled.ALREADY_ENDED);
    assertThat(world.cloud.effects()).isEmpty();
  }

  @Test
  void secrets_are_in_no_view_log_or_notice() {
    world.cloud.instance("i-1", "Running");
    world.hookAnswer = "{\"errcode\":310000,\"errmsg\":\"keywords not in content\"}";

    world.run("bulk", "{\"ids\":[\"i-1\"]}");
    world.vote(World.BO, Decision.APPROVE);
    var view = world.drive();

    String shown = view + " " + world.engine().tasks(World.ID)
        + world.engine().logs(World.ID, 0, 1000) + world.notices;
    assertThat(shown).contains("status=Running").doesNotContain("top-secret");
    assertThat(view.parameters().path("hook").asText()).isEqualTo("******");
  }

  @Test
  void the_approver_sees_count_names_and_digest_of_what_he_decides() {
    world.cloud.instance("i-1", "Running").instance("i-2", "Running");

    world.run("bulk", "{\"ids\":[\"i-2\",\"i-1\"]}");

    Notice.DecisionWanted wanted = world.notices(Notice.DecisionWanted.class).get(0);
    assertThat(wanted.targets()).containsExactly("name-i-2 (i-2)", "name-i-1 (i-1)");
    assertThat(wanted.targetCount()).isEqualTo(2);
    assertThat(wanted.digest()).hasSize(64);
    assertThat(wanted.question()).isEqualTo("Reboot [\"i-2\",\"i-1\"]?");
  }

  @Test
  void fifty_people_and_a_cancel_at_once_come_to_one_outcome() throws Exception {
    for (int round = 0; round < 20; round++) {
      World fresh = new World().template("ask", ASK);
      fresh.run("ask", "{\"needed\":3}");
      String approval = fresh.view().approvals().get(0).id();
      List<Future<VoteResult.State>> votes = new ArrayList<>();
      ExecutorService people = Executors.newFixedThreadPool(8);
      CountDownLatch go = new CountDownLatch(1);
      boolean withReject = round % 2 == 0;
      for (int i = 0; i < 50; i++) {
        Person voter = Person.of("slack:T1/V" + i);
        Decision decision = withReject && i % 10 == 0 ? Decision.REJECT : Decision.APPROVE;
        votes.add(people.submit(() -> {
          go.await();
          return fresh
              .engine()
              .vote(World.ID, approval, decision, voter, "", voter.id())
              .state();
        }));
      }
      go.countDown();
      int decided = 0;
      for (Future<VoteResult.State> vote : votes) {
        decided += vote.get() == VoteResult.State.DECIDED ? 1 : 0;
      }
      people.shutdown();

      var view = fresh.drive();
      var outcome = view.approvals().get(0);
      assertThat(decided).isEqualTo(1);
      assertThat(view.status())
          .isEqualTo(outcome.outcome().name().equals("APPROVED") ? "Success" : "Cancelled");
      if (outcome.outcome().name().equals("APPROVED")) {
        assertThat(outcome.approvals()).isEqualTo(3);
        assertThat(fresh.cloud.effects()).containsExactly("RunCommand");
      } else {
        assertThat(fresh.cloud.effects()).isEmpty();
      }
    }
  }
}
