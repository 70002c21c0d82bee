package chatops.engine;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.run.Executions;
import chatops.engine.run.Failures;
import chatops.engine.run.Stored;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.StoreException;
import chatops.engine.view.ExecutionDetail;
import chatops.engine.view.ExecutionView;
import chatops.engine.view.Mask;
import chatops.engine.view.TaskView;
import chatops.engine.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What there is to see of executions, read from the store, with secrets masked. Writes nothing. */
final class Showing {
  private final ExecutionStore store;
  private final Executions executions;
  private final NotAskedYet notAskedYet;

  Showing(ExecutionStore store, Executions executions, NotAskedYet notAskedYet) {
    this.store = store;
    this.executions = executions;
    this.notAskedYet = notAskedYet;
  }

  Optional<ExecutionView> find(ExecutionId id) {
    return executions.load(id).map(this::view);
  }

  /** As {@link #find}, but while a worker holds the execution and nothing is open, that is waited for. */
  Optional<ExecutionView> findAsked(ExecutionId id) {
    return notAskedYet
        .await(
            now -> executions.load(id),
            stored -> stored.map(Stored::execution).filter(Showing::mayAskSoon).isPresent())
        .map(this::view);
  }

  private static boolean mayAskSoon(Execution execution) {
    return execution.lease() != null
        && execution.approvals().values().stream().noneMatch(Approval::isOpen);
  }

  private ExecutionView view(Stored stored) {
    return Views.of(stored.execution(), stored.version(), current(stored.execution()));
  }

  private List<TaskExecution> current(Execution execution) {
    TaskPath path = execution.root().current();
    return path == null || execution.status().isFinal()
        ? List.of()
        : executions.tasks(execution, path);
  }

  List<TaskView> tasks(ExecutionId id) {
    return executions
        .load(id)
        .map(Stored::execution)
        .map(e -> tasks(e, executions.tasks(e, TaskPath.ROOT)))
        .orElse(List.of());
  }

  private static List<TaskView> tasks(Execution execution, List<TaskExecution> tasks) {
    Mask mask = Views.mask(execution);
    return tasks.stream()
        .filter(task -> task.status() != TaskStatus.REPLACED)
        .map(task -> Views.of(task, mask))
        .toList();
  }

  Optional<ExecutionDetail> detail(ExecutionId id) {
    return executions.load(id).map(stored -> {
      Execution execution = stored.execution();
      List<TaskExecution> tasks = executions.tasks(execution, TaskPath.ROOT);
      return new ExecutionDetail(
          Views.of(execution, stored.version(), tasks),
          tasks(execution, tasks),
          failed(execution, tasks),
          execution.isCancelWanted());
    });
  }

  private static Set<String> failed(Execution execution, List<TaskExecution> tasks) {
    boolean isStopped = execution.status() == Status.FAILED
        || execution.waitingStatus().equals(WaitingStatus.FAILURE);
    return isStopped
        ? Failures.of(execution, tasks).stream().map(TaskPath::value).collect(Collectors.toSet())
        : Set.of();
  }

  List<ExecutionView> list(ExecutionQuery query) {
    return store.list(query).stream()
        .filter(row -> !isRetired(row))
        .map(this::listed)
        .toList();
  }

  private boolean isRetired(ExecutionRow row) {
    try {
      return executions.isRetired(row);
    } catch (RuntimeException unread) {
      return false;
    }
  }

  /** A row of a newer program, or a damaged one, is listed by its columns: one such row must not hide all others. */
  private ExecutionView listed(ExecutionRow row) {
    try {
      Stored stored = executions.stored(row);
      return Views.of(stored.execution(), stored.version(), List.of());
    } catch (NewerFormatException newer) {
      return Views.of(row, String.valueOf(newer.getMessage()));
    } catch (StoreException unavailable) {
      throw unavailable;
    } catch (RuntimeException damaged) {
      return Views.of(
          row,
          "its row cannot be read (" + damaged.getClass().getSimpleName()
              + "); put it back from a backup");
    }
  }
}
