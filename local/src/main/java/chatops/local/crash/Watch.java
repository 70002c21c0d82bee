package chatops.local.crash;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.effect.EffectClass;
import chatops.engine.execution.Call;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Lease;
import chatops.engine.execution.TaskExecution;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.run.Executions;
import chatops.engine.run.Stored;
import chatops.engine.store.ExecutionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What must hold whenever a mutating call leaves; looks at the store itself, not through a host. */
final class Watch {
  private final Executions executions;
  private final WitnessedCloud cloud;
  private final Stage stage;
  private final Set<String> violations = new LinkedHashSet<>();

  Watch(ExecutionStore store, WitnessedCloud cloud, Stage stage) {
    this.executions = new Executions(store);
    this.cloud = cloud;
    this.stage = stage;
  }

  void sending(
      Host host, ExecutionId id, ApiRequest request, Duration timeout, Duration skewOfHost) {
    Optional<Stored> stored = executions.load(id);
    if (stored.isEmpty()) {
      return;
    }
    Execution execution = stored.get().execution();
    Lease lease = execution.lease();
    Instant back = stage.now().plus(skewOfHost).plus(timeout);
    if (lease != null && lease.owner().equals(host.name()) && lease.until().isBefore(back)) {
      violations.add(request.name() + " was sent under a lease that ends " + lease.until()
          + ", before the call's timeout at " + back);
    }
    if (cloud.effectClass(request) == EffectClass.ONCE && !isIntended(execution, request)) {
      violations.add(request.name() + " was sent before its intent was stored");
    }
  }

  private boolean isIntended(Execution execution, ApiRequest request) {
    for (TaskExecution task : executions.tasks(execution, TaskPath.ROOT)) {
      Call call = task.call();
      if (call != null && request.equals(call.request())) {
        return true;
      }
    }
    return false;
  }

  void saw(String violation) {
    violations.add(violation);
  }

  Set<String> violations() {
    return violations;
  }
}
