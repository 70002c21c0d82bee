package chatops.benchmarks;

import chatops.engine.execution.Decision;
import chatops.engine.run.Settings;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.memory.Fault;
import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * What one execution writes and how often it is invoked, with the real engine on a clock that jumps.
 *
 * @param commits durable writes that somebody waited for
 * @param rows rows in them: execution, tasks, blobs, audit records
 * @param invocations the start and every time a worker took the execution up again
 */
record Cost(String name, int commits, int rows, int calls, int invocations) {
  private static final class Rows {
    private int written;
  }

  static Cost threeTasksWithApproval() {
    return measured(
        "3 tasks and an approval",
        "FormatVersion: OOS-2019-06-01\nTasks:\n"
            + call("one", 1)
            + "  - {Name: ask, Action: 'ACS::Approve', Properties: {NotifyType: WebHook,"
            + " WebHook: {URI: 'https://hooks.example/x', Content: {text: go}}}}\n"
            + call("two", 2)
            + call("three", 3));
  }

  /** What an operation looks like: reads, a choice, calls, waits, an approval, a check, a sleep, a message. */
  static Cost tenTasks() {
    return measured("10 tasks", """
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
        """);
  }

  private static String call(String name, int instance) {
    return "  - {Name: " + name + ", Action: 'ACS::ExecuteAPI', Properties: {Service: ecs,"
        + " API: StartInstance, Parameters: {InstanceId: i-" + instance + "}}}\n";
  }

  private static Cost measured(String name, String template) {
    Rows rows = new Rows();
    World world = new World(
            new Boundaries(),
            clock -> counting(
                new InMemoryExecutionStore(clock, (row, applied) -> Fault.NONE.at(row, applied)),
                rows))
        .settings(Settings.defaults());
    for (int i = 1; i <= 10; i++) {
      world.cloud.instance("i-" + i, "Stopped");
    }
    world.template("t", template);
    ExecutionView view = world.run("t", "{}");
    if (view.status().equals("Waiting")) {
      world.vote(World.BO, Decision.APPROVE);
      view = world.drive();
    }
    if (!view.status().equals("Success")) {
      throw new IllegalStateException(name + " ended as " + view);
    }
    return new Cost(
        name,
        view.counters().commits(),
        rows.written,
        view.counters().calls(),
        1 + view.counters().wakeUps());
  }

  private static ExecutionStore counting(ExecutionStore store, Rows rows) {
    return (ExecutionStore) Proxy.newProxyInstance(
        Cost.class.getClassLoader(),
        new Class<?>[] {ExecutionStore.class},
        (proxy, method, arguments) -> {
          if (arguments != null && arguments.length == 1 && arguments[0] instanceof Commit commit) {
            rows.written += commit.rows();
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
          }
        });
  }

  @Override
  public String toString() {
    return "cost: " + name + ": " + commits + " commits, " + rows + " row writes, " + calls
        + " calls, " + invocations + " invocations";
  }
}
