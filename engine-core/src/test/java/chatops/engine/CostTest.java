package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Decision;
import chatops.engine.testkit.World;
import org.junit.jupiter.api.Test;

class CostTest {
  private static String task(String name, String api, String id) {
    return "  - {Name: " + name + ", Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: "
        + api + ", Parameters: {InstanceId: " + id + "}}}\n";
  }

  @Test
  void call_approval_call_call_costs_at_most_six_commits() {
    World world = new World();
    world.cloud.instance("i-1", "Stopped").instance("i-2", "Stopped").instance("i-3", "Running");
    world.template(
        "t",
        "FormatVersion: OOS-2019-06-01\nTasks:\n"
            + task("one", "StartInstance", "i-1")
            + "  - {Name: ask, Action: ACS::Approve, Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: go}}}}\n"
            + task("two", "StartInstance", "i-2")
            + task("three", "StopInstance", "i-3"));

    world.run("t", "{}");
    world.vote(World.BO, Decision.APPROVE);
    var view = world.drive();

    assertThat(view.status()).isEqualTo("Success");
    assertThat(world.cloud.effects())
        .containsExactly("StartInstance i-1", "StartInstance i-2", "StopInstance i-3");
    assertThat(view.counters().commits()).isLessThanOrEqualTo(6);
    assertThat(view.counters().calls()).isEqualTo(3);
  }
}
