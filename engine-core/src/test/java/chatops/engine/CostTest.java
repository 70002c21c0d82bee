package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Decision;
import chatops.engine.run.Settings;
import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.WeighedStore;
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

  /** What an operation looks like: reads, a choice, calls, waits, an approval, a sleep, a check, a message. */
  private static final String TEN = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - {Name: look, Action: 'ACS::ExecuteAPI', Properties: {Service: ecs, API: DescribeInstances, Parameters: {InstanceIds: [i-1]}}, Outputs: {was: {Type: String, ValueSelector: 'Instances.Instance[].Status'}}}
        - {Name: fork, Action: 'ACS::Choice', Properties: {DefaultTask: 'ACS::END', Choices: [{When: {'Fn::Equals': [Stopped, '{{ look.was }}']}, NextTask: start}]}}
        - {Name: start, Action: 'ACS::ExecuteAPI', Properties: {Service: ecs, API: StartInstance, Parameters: {InstanceId: i-1}}}
        - {Name: up, Action: 'ACS::WaitFor', Properties: {Service: ecs, API: DescribeInstances, Parameters: {InstanceIds: [i-1]}, PropertySelector: 'Instances.Instance[].Status', DesiredValues: [Running]}}
        - {Name: ask, Action: 'ACS::Approve', Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: go}}}}
        - {Name: stop, Action: 'ACS::ExecuteAPI', Properties: {Service: ecs, API: StopInstance, Parameters: {InstanceId: i-1}}}
        - {Name: down, Action: 'ACS::WaitFor', Properties: {Service: ecs, API: DescribeInstances, Parameters: {InstanceIds: [i-1]}, PropertySelector: 'Instances.Instance[].Status', DesiredValues: [Stopped]}}
        - {Name: nap, Action: 'ACS::Sleep', Properties: {Duration: 1H}}
        - {Name: sure, Action: 'ACS::CheckFor', Properties: {Service: ecs, API: DescribeInstances, Parameters: {InstanceIds: [i-1]}, PropertySelector: 'Instances.Instance[].Status', DesiredValues: [Stopped]}}
        - {Name: tell, Action: 'ACS::Notify', Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: done}}}}
      """;

  @Test
  void ten_tasks_in_a_row_cost_at_most_26_row_writes_and_3_invocations() {
    WeighedStore[] store = {null};
    World world = new World(new Boundaries(), clock -> {
          store[0] = new WeighedStore(new InMemoryExecutionStore(clock, (row, applied) -> {}));
          return store[0];
        })
        .settings(Settings.defaults())
        .template("t", TEN);
    world.cloud.instance("i-1", "Stopped");

    world.run("t", "{}");
    world.vote(World.BO, Decision.APPROVE);
    var view = world.drive();

    System.out.printf(
        "cost: 10 tasks: %d commits, %d row writes with %d bytes of audit records, %d invocations%n",
        store[0].commits,
        store[0].rows,
        store[0].auditBytes,
        1 + view.counters().wakeUps());
    assertThat(view.status()).isEqualTo("Success");
    assertThat(store[0].rows).isLessThanOrEqualTo(26).isEqualTo(view.counters().rows());
    assertThat(1 + view.counters().wakeUps()).isLessThanOrEqualTo(3);
  }
}
