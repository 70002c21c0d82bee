package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Person;
import chatops.engine.notice.Notice;
import chatops.engine.policy.Policy;
import chatops.engine.run.Settings;
import chatops.engine.testkit.World;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an approval is bound to, how it is asked for, and what people learn of it. */
class PlanTest {
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Parameters: {id: {Type: String, Default: i-none}, approvers: {Type: List, Default: []}}
      Tasks:
        - {Name: approve, Action: ACS::Approve, Properties: {NotifyType: WebHook, Approvers: '{{ approvers }}', WebHook: {URI: 'https://hooks.example/x', Content: {msgtype: text, text: {content: 'Start {{ id }}?'}}}}}
        - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ id }}'}}}
      """;

  /** One iteration asks, the other fails beside it. */
  private static final String BESIDE = """
      FormatVersion: OOS-2019-06-01
      Parameters: {id: {Type: String}}
      Tasks:
        - Name: both
          Action: ACS::Loop
          Properties:
            LoopItems: [start, ask]
            LoopRateControl: {Mode: Concurrency, Concurrency: 2, MaxErrors: 2}
            LoopTasks:
              - {Name: fork, Action: ACS::Choice, Properties: {DefaultTask: start, Choices: [{When: {'Fn::Equals': [ask, '{{ ACS::TaskLoopItem }}']}, NextTask: approve}]}}
              - {Name: approve, Action: ACS::Approve, OnSuccess: ACS::END, Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {msgtype: text, text: {content: 'With {{ id }}?'}}}}}
              - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ id }}'}}}
      """;

  private final World world = new World().template("ask", ASK).template("beside", BESIDE);

  private static Settings asking(
      int needed, @Nullable Boolean requesterMay, @Nullable Duration reminder) {
    Policy policy = new Policy(
        Duration.ofHours(4),
        Approval.AtExpiry.REJECT,
        null,
        null,
        null,
        new Policy.Asking(needed, requesterMay, reminder));
    return Settings.defaults().withInProcessWait(Duration.ZERO).withPolicies(template -> policy);
  }

  private static ObjectNode change(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  private VoteResult vote(String approval, Person by, Decision decision) {
    return world
        .engine()
        .vote(World.ID, approval, decision, by, "", "d-" + by.id() + approval + decision);
  }

  @Test
  void the_policy_asks_for_more_people_than_the_template() {
    world.settings(asking(2, null, null)).run("ask", "{}");
    Person cleo = Person.of("slack:T1/U3", "cleo");

    assertThat(world.view().approvals().get(0).needed()).isEqualTo(2);
    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.RECORDED);
    assertThat(world.vote(Person.of("dingtalk:d1/bo", "bo"), Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.RECORDED);
    assertThat(world.vote(cleo, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
  }

  @Test
  void an_identity_that_was_learnt_after_the_first_vote_counts_once_all_the_same() {
    world.settings(asking(2, null, null)).run("ask", "{}");

    world.vote(Person.of("dingtalk:d1/bo"), Decision.APPROVE);
    // the host names every id it knows of a person
    VoteResult again =
        world.vote(new Person("slack:T1/U2", List.of("bo", "dingtalk:d1/bo")), Decision.APPROVE);

    assertThat(again.state()).isEqualTo(VoteResult.State.RECORDED);
    assertThat(world.view().approvals().get(0).approvals()).isEqualTo(1);
  }

  @Test
  void fewer_people_named_than_needed_fails_the_task_instead_of_waiting_for_ever() {
    world.settings(asking(2, null, null));

    var view = world.run("ask", "{\"approvers\":[\"bo\"]}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("wants 2 different people", "[bo]");
    assertThat(world.cloud.count("StartInstance")).isZero();
  }

  @Test
  void a_group_the_template_names_is_the_hosts_to_judge() {
    world.run("ask", "{\"approvers\":[\"group:dba\"]}");

    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
  }

  @Test
  void the_policy_says_whether_who_asked_may_decide() {
    world.settings(asking(1, true, null)).run("ask", "{}");

    assertThat(world.vote(World.ANN, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
  }

  @Test
  void people_are_reminded_once_before_the_expiry() {
    world.settings(asking(1, null, Duration.ofHours(1))).run("ask", "{}");
    assertThat(world.view().wakeAt()).isEqualTo(world.view().createdAt().plus(Duration.ofHours(3)));

    world.clock.setAtLeast(world.view().createdAt().plus(Duration.ofMinutes(181)));
    world.drive();
    world.restart();
    world.clock.setAtLeast(world.view().createdAt().plus(Duration.ofMinutes(200)));
    world.drive();

    assertThat(world.notices(Notice.DecisionDue.class)).hasSize(1);
    assertThat(world.view().wakeAt()).isEqualTo(world.view().createdAt().plus(Duration.ofHours(4)));
    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
  }

  @Test
  void nobody_is_reminded_of_what_is_decided_or_would_be_reminded_of_at_once() {
    world.settings(asking(1, null, Duration.ofHours(5))).run("ask", "{}");
    world.clock.setAtLeast(world.view().createdAt().plus(Duration.ofHours(3)));
    world.drive();
    assertThat(world.notices(Notice.DecisionDue.class)).isEmpty();

    world.vote(World.BO, Decision.REJECT);
    world.drive();
    assertThat(world.notices(Notice.DecisionDue.class)).isEmpty();
  }

  @Test
  void how_an_approval_came_out_is_told_with_who_decided() {
    world.cloud.instance("i-1", "Stopped");
    world.settings(asking(2, null, null)).run("ask", "{\"id\":\"i-1\"}");
    world.vote(World.BO, Decision.APPROVE);
    world.vote(Person.of("slack:T1/U3", "cleo"), Decision.APPROVE);
    world.drive();

    Notice.DecisionMade made = world.notices(Notice.DecisionMade.class).get(0);
    assertThat(made.outcome()).isEqualTo("approved");
    assertThat(made.voters()).containsExactly("slack:T1/U2", "slack:T1/U3");
    assertThat(made.question()).isEqualTo("Start i-1?");
    assertThat(world.notices(Notice.DecisionMade.class)).hasSize(1);
  }

  @Test
  void a_cancelled_execution_tells_that_its_question_is_over() {
    world.run("ask", "{}");
    world.engine().cancel(World.ID, World.ANN, "no need");
    world.drive();

    assertThat(world.notices(Notice.DecisionMade.class))
        .extracting(Notice.DecisionMade::outcome)
        .containsExactly("withdrawn");
  }

  @Test
  void what_was_approved_is_not_run_again_with_other_parameters() {
    world.cloud.instance("i-1", "Stopped");
    world.run("ask", "{}");
    world.vote(World.BO, Decision.APPROVE);
    assertThat(world.drive().status()).isEqualTo("Failed");

    OrderResult other =
        world.engine().retry(World.ID, List.of(), change("id", "i-1"), World.ANN, "d1");
    OrderResult same = world
        .engine()
        .retry(World.ID, List.of(), JsonNodeFactory.instance.objectNode(), World.ANN, "d2");

    assertThat(other.state()).isEqualTo(OrderResult.State.NOT_POSSIBLE);
    assertThat(other.message()).contains("people approved it with the parameters it has");
    assertThat(same.state()).isEqualTo(OrderResult.State.ACCEPTED);
    world.drive();
    assertThat(world.cloud.status("i-1")).isEqualTo("Stopped");
  }

  @Test
  void a_plan_that_changes_while_it_is_asked_for_is_asked_for_anew() {
    world.cloud.instance("i-1", "Stopped");
    world.mode("FailurePause").run("beside", "{\"id\":\"i-none\"}");
    Approval first = world.view().approvals().get(0);
    assertThat(first.isOpen()).isTrue();

    world.engine().retry(World.ID, List.of(), change("id", "i-1"), World.ANN, "d1");
    // a vote on the old question that arrives before anybody has seen the change
    VoteResult old = vote(first.id(), World.BO, Decision.APPROVE);
    world.drive();

    assertThat(old.state()).isEqualTo(VoteResult.State.DECIDED);
    List<Approval> approvals = world.view().approvals();
    assertThat(approvals).hasSize(2);
    assertThat(approvals.get(0).outcome()).isEqualTo(Approval.Outcome.VOID);
    assertThat(approvals.get(1).isOpen()).isTrue();
    assertThat(approvals.get(1).question()).isEqualTo("With i-1?");
    assertThat(world.notices(Notice.DecisionMade.class))
        .extracting(Notice.DecisionMade::outcome)
        .contains("void");
    assertThat(world.hooks).hasSize(2);
    assertThat(vote(first.id(), Person.of("slack:T1/U3"), Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.ALREADY_CLOSED);
    assertThat(world.view().status()).isEqualTo("Waiting");

    assertThat(vote(approvals.get(1).id(), World.BO, Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.DECIDED);
    assertThat(world.drive().status()).isEqualTo("Success");
  }
}
