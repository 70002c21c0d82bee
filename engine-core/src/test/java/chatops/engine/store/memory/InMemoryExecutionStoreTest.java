package chatops.engine.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.id.TaskPath;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.ExecutionStoreContract;
import chatops.engine.store.StoreException;
import chatops.engine.store.TaskRow;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryExecutionStoreTest extends ExecutionStoreContract {
  @Override
  protected ExecutionStore open() {
    return new InMemoryExecutionStore(InstantSource.fixed(NOW));
  }

  @Test
  void a_failure_between_two_rows_leaves_the_first_written() {
    try (InMemoryExecutionStore store =
        new InMemoryExecutionStore(InstantSource.fixed(NOW), failAt("execution", false))) {
      TaskRow task = new TaskRow(id(1), new TaskPath("t0001"), 1, 1, "{}");

      assertThatThrownBy(
              () -> store.commit(new Commit(row(1, 1, NOW), 0, List.of(task), List.of())))
          .isInstanceOf(StoreException.class);

      assertThat(store.tasks(id(1), TaskPath.ROOT)).containsExactly(task);
      assertThat(store.load(id(1))).isEmpty();
    }
  }

  @Test
  void a_lost_answer_leaves_the_commit_in_place() {
    try (InMemoryExecutionStore store =
        new InMemoryExecutionStore(InstantSource.fixed(NOW), failAt("execution", true))) {
      assertThatThrownBy(() -> store.commit(new Commit(row(1, 1, NOW), 0, List.of(), List.of())))
          .isInstanceOf(StoreException.class);

      assertThat(store.load(id(1))).contains(row(1, 1, NOW));
    }
  }

  private static Fault failAt(String row, boolean applied) {
    return (at, done) -> {
      if (at.equals(row) && done == applied) {
        throw new StoreException("planted: no answer at " + row, new java.io.IOException("reset"));
      }
    };
  }
}
