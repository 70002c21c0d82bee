package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Codec;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Order;
import chatops.engine.execution.OrderEvent;
import chatops.engine.execution.Person;
import chatops.engine.id.TaskPath;
import chatops.engine.share.Freeze;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ways around an approval that somebody who may retry and skip could try. */
class ApprovalBypassTest {
  private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Parameters: {approvers: {Type: List, Default: []}, needed: {Type: Number, Default: 2}}
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
  private static final String AROUND = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - {Name: may, Action: ACS::Template, Properties: {TemplateName: may}}
        - {Name: go, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
      """;
  private static final String MAY = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - {Name: look, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: i-none}}}
        - {Name: approve, Action: ACS::Approve, Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {msgtype: text, text: {content: 'Go?'}}}}}
      """;
  private static final String LATER = """
      FormatVersion: OOS-2019-06-01
      Parameters: {id: {Type: String}}
      Tasks:
        - {Name: first, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ id }}'}}}
        - {Name: approve, Action: ACS::Approve, Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {msgtype: text, text: {content: 'Go?'}}}}}
        - {Name: go, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
      """;

  private final World world = new World()
      .template("ask", ASK)
      .template("around", AROUND)
      .template("may", MAY)
      .template("later", LATER)
      .template("one", Yaml.START);

  private OrderResult skip(String decision, String... paths) {
    return world
        .engine()
        .skip(World.ID, List.of(paths).stream().map(TaskPath::new).toList(), World.ANN, decision);
  }

  private OrderResult retry(String decision, ObjectNode changes, Person by) {
    return world.engine().retry(World.ID, List.of(), changes, by, decision);
  }

  private static ObjectNode change(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  @Test
  void an_approval_that_could_not_be_asked_for_is_not_skipped() {
    // two of one: whoever asks can make it fail
    assertThat(world.run("ask", "{\"approvers\":[\"bo\"]}").status()).isEqualTo("Failed");

    OrderResult skipped = skip("d1");
    OrderResult named = skip("d2", "t0001");

    assertThat(skipped.state()).isEqualTo(OrderResult.State.NOT_POSSIBLE);
    assertThat(skipped.message()).contains("approve", "retry");
    assertThat(named.state()).isEqualTo(OrderResult.State.NOT_POSSIBLE);
    assertThat(world.cloud.effects()).isEmpty();
  }

  @Test
  void how_many_must_approve_is_not_changed_by_who_retries() {
    world.run("ask", "{\"approvers\":[\"bo\"]}");

    OrderResult fewer = retry("d1", change("MinRequiredApprovals", "1"), World.ANN);

    assertThat(fewer.state()).isEqualTo(OrderResult.State.NOT_POSSIBLE);
    assertThat(fewer.message()).contains("approve");
    assertThat(world.view().approvals()).isEmpty();
  }

  @Test
  void a_nested_template_that_would_have_asked_is_not_skipped_as_a_whole() {
    assertThat(world.run("around", "{}").status()).isEqualTo("Failed");

    OrderResult whole = skip("d1", "t0001");
    OrderResult inner = skip("d2", "t0001/t0001");
    world.drive();

    assertThat(whole.state()).isEqualTo(OrderResult.State.NOT_POSSIBLE);
    assertThat(inner.state()).isEqualTo(OrderResult.State.ACCEPTED);
    assertThat(world.view().waitingStatus()).isEqualTo("WaitingForApproval");
    assertThat(world.cloud.count("RunCommand")).isZero();
  }

  @Test
  void who_changed_what_is_asked_for_does_not_approve_it() {
    world.cloud.instance("i-1", "Stopped");
    world.run("later", "{\"id\":\"i-none\"}");
    retry("d1", change("id", "i-1"), World.BO);
    world.drive();
    Approval open = world.view().approvals().get(0);
    assertThat(open.isOpen()).isTrue();

    assertThat(world.vote(World.BO, Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.REQUESTER_EXCLUDED);
    assertThat(world.vote(Person.of("dingtalk:d1/bo", "bo"), Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.REQUESTER_EXCLUDED);
    assertThat(world.vote(World.ANN, Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.REQUESTER_EXCLUDED);
    assertThat(world.vote(Person.of("slack:T1/U3", "cy"), Decision.APPROVE).state())
        .isEqualTo(VoteResult.State.DECIDED);
    assertThat(world.drive().status()).isEqualTo("Success");
  }

  @Test
  void an_order_that_a_decision_overtook_changes_nothing() {
    world.cloud.instance("i-1", "Stopped");
    world.run("later", "{\"id\":\"i-1\"}");
    world.vote(World.BO, Decision.APPROVE);
    Execution approved = new Codec().execution(world.store.load(World.ID).orElseThrow(), h -> "");
    Order late = Order.of("d1", Order.Kind.RETRY, World.ANN, world.clock.instant())
        .with("", change("id", "i-2"));

    assertThat(approved.apply(new OrderEvent.Ordered(late))).isSameAs(approved);
  }

  @Test
  void who_only_ran_it_again_may_approve_it() {
    world.run("later", "{\"id\":\"i-1\"}");
    world.cloud.instance("i-1", "Stopped");
    retry("d1", NONE, World.BO);
    world.drive();

    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
  }

  @Test
  void what_has_ended_is_not_brought_back_while_starts_are_frozen() {
    assertThat(world.run("later", "{\"id\":\"i-none\"}").status()).isEqualTo("Failed");
    world.engine().freeze(new Freeze("later", "slack:T1/U2", world.clock.instant(), "release"));

    OrderResult retried = retry("d1", NONE, World.ANN);
    OrderResult skipped = skip("d2");

    assertThat(retried.state()).isEqualTo(OrderResult.State.NOT_POSSIBLE);
    assertThat(retried.message()).contains("frozen", "slack:T1/U2", "release");
    assertThat(skipped.state()).isEqualTo(OrderResult.State.NOT_POSSIBLE);
    world.engine().unfreeze("later", World.BO);
    assertThat(skip("d3").state()).isEqualTo(OrderResult.State.ACCEPTED);
  }
}
