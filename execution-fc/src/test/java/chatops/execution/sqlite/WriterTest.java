package chatops.execution.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

class WriterTest {
  private static final int MEETING = 50;

  @TempDir
  Path folder;

  @Test
  void writes_that_meet_share_one_transaction_and_one_that_fails_takes_none_along()
      throws Exception {
    AtomicInteger commits = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    try (Database database = new Database(folder.resolve("store.db"));
        Writer writer = new Writer(database)) {
      List<Thread> threads = new ArrayList<>();
      threads.add(new Thread(() -> writer.write("first", statements -> {
        ((SQLiteConnection) statements.connection()).addCommitListener(counting(commits));
        entered.countDown();
        awaited(gate);
        return Saved.DONE;
      })));
      threads.get(0).start();
      entered.await();
      for (int i = 0; i <= MEETING; i++) {
        @Nullable String key = i == MEETING ? null : "key" + i;
        threads.add(new Thread(() -> {
          try {
            writer.write(
                "sharing",
                statements -> statements.update("INSERT INTO shared VALUES (?, 's', '{}')", key));
            done.incrementAndGet();
          } catch (StoreException refused) {
            failed.incrementAndGet();
          }
        }));
        threads.get(i + 1).start();
      }
      for (Thread thread : threads.subList(1, threads.size())) {
        while (thread.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
      }
      gate.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }

    assertThat(done).hasValue(MEETING);
    assertThat(failed).hasValue(1);
    // one that was not yet in the queue when the gate opened may make a transaction of its own
    assertThat(commits.get()).isBetween(2, 5);
  }

  private static void awaited(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SQLiteCommitListener counting(AtomicInteger commits) {
    return new SQLiteCommitListener() {
      @Override
      public void onCommit() {
        commits.incrementAndGet();
      }

      @Override
      public void onRollback() {
        // a savepoint that is rolled back is no transaction that is
      }
    };
  }
}
