package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Decision;
import chatops.engine.notice.Notice;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import org.junit.jupiter.api.Test;

class EngineTest {
  private final World world = new World()
      .template("start", Yaml.START)
      .template("bulk", Yaml.BULK_REBOOT)
      .template("ACS::ECS::RebootInstance", Yaml.REBOOT);

  @Test
  void a_start_calls_waits_and_tells_its_outputs() {
    world.cloud.instance("i-1", "Stopped");

    var view = world.run("start", "{\"instanceId\":\"i-1\"}");

    assertThat(view.status()).isEqualTo("Success");
    assertThat(view.outputs()).hasToString("{\"status\":\"Running\"}");
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-1");
    assertThat(world.notices(Notice.Ended.class)).hasSize(1);
    assertThat(world.taskLines()).containsExactly("t0001 start Success", "t0002 ready Success");
  }

  @Test
  void an_approved_bulk_reboot_reboots_each_instance_once() {
    world.cloud.instance("i-1", "Running").instance("i-2", "Running").instance("i-3", "Running");

    var waiting = world.run("bulk", "{\"ids\":[\"i-1\",\"i-2\",\"i-3\"]}");
    assertThat(waiting.waitingStatus()).isEqualTo("WaitingForApproval");
    assertThat(world.cloud.effects()).isEmpty();
    assertThat(world.hooks).hasSize(1);
    assertThat(world.hooks.get(0))
        .contains(
            "Reboot [\\\"i-1\\\"", "https://chatops.example/approvals/ap", "\"isAtAll\":false");
    assertThat(world.notices(Notice.DecisionWanted.class).get(0).targets())
        .containsExactly("name-i-1 (i-1)", "name-i-2 (i-2)", "name-i-3 (i-3)");

    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
    var ended = world.drive();

    assertThat(ended.statusMessage()).isEmpty();
    assertThat(ended.status()).isEqualTo("Success");
    assertThat(ended.outputs().path("states")).hasToString("[\"Running\",\"Running\",\"Running\"]");
    assertThat(world.cloud.effects())
        .containsExactlyInAnyOrder(
            "RebootInstance i-1", "RebootInstance i-2", "RebootInstance i-3");
  }

  @Test
  void a_rejection_cancels_and_nothing_happens() {
    world.cloud.instance("i-1", "Running");

    world.run("bulk", "{\"ids\":[\"i-1\"]}");
    world.vote(World.BO, Decision.REJECT);
    var ended = world.drive();

    assertThat(ended.status()).isEqualTo("Cancelled");
    assertThat(ended.statusMessage()).contains("rejected by bo");
    assertThat(world.cloud.effects()).isEmpty();
  }
}
