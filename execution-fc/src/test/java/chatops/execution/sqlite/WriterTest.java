package chatops.execution.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
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

  @Test
  void who_is_alone_writes_in_their_own_thread_also_when_interrupted_and_stays_so() {
    try (Database database = new Database(folder.resolve("store.db"));
        Writer writer = new Writer(database)) {
      Thread.currentThread().interrupt();

      Thread wrote = writer.write("alone", statements -> Thread.currentThread());

      assertThat(wrote).isSameAs(Thread.currentThread());
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void what_a_refused_write_has_written_is_taken_back_alone_or_among_others() throws Exception {
    try (Database database = new Database(folder.resolve("store.db"));
        Writer writer = new Writer(database)) {
      Saved alone = writer.write("alone", statements -> refused(statements, "a"));
      List<Object> answers = meeting(writer, statements -> refused(statements, "b"));

      assertThat(alone).isEqualTo(Saved.CONFLICT);
      assertThat(answers).containsExactly(Saved.CONFLICT, 1);
      assertThat(keys(writer)).containsExactly("beside");
    }
  }

  @Test
  void a_write_that_ends_in_an_error_is_taken_back_and_told_and_the_next_goes_on()
      throws Exception {
    try (Database database = new Database(folder.resolve("store.db"));
        Writer writer = new Writer(database)) {
      List<Object> answers = meeting(writer, statements -> {
        statements.update("INSERT INTO shared VALUES ('lost', 's', '{}')");
        throw new StackOverflowError("deep");
      });

      assertThat(answers.get(0))
          .isInstanceOfSatisfying(
              StoreException.class, told -> assertThat(told).hasMessageContaining("deep"));
      assertThat(answers.get(1)).isEqualTo(1);
      assertThat(keys(writer)).containsExactly("beside");
      int after = writer.write(
          "after", statements -> statements.update("INSERT INTO shared VALUES ('n', 's', '')"));
      assertThat(after).isEqualTo(1);
    }
  }

  @Test
  void where_a_refused_write_cannot_be_taken_back_alone_the_others_are_told_that_theirs_failed()
      throws Exception {
    try (Database database = new Database(folder.resolve("store.db"));
        Writer writer = new Writer(database)) {
      List<Object> answers = meeting(writer, statements -> {
        statements.execute("ROLLBACK");
        throw new Refusal(Saved.CONFLICT);
      });

      assertThat(answers)
          .allSatisfy(told -> assertThat(told)
              .isInstanceOfSatisfying(
                  StoreException.class, why -> assertThat(why).hasMessageContaining("savepoint")));
      assertThat(keys(writer)).isEmpty();
    }
  }

  /** Two writes in one group, the given one first: what each got, or was told. */
  private static List<Object> meeting(Writer writer, Database.Use<Object> first) throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Thread holder = new Thread(() -> writer.write("holding", statements -> {
      entered.countDown();
      awaited(gate);
      return 0;
    }));
    holder.start();
    entered.await();
    List<Object> answers = new ArrayList<>(List.of("", ""));
    List<Database.Use<Object>> uses = List.of(
        first, statements -> statements.update("INSERT INTO shared VALUES ('beside', 's', '{}')"));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < uses.size(); i++) {
      int at = i;
      Thread thread = new Thread(() -> {
        try {
          answers.set(at, writer.write("meeting", uses.get(at)));
        } catch (StoreException told) {
          answers.set(at, told);
        }
      });
      threads.add(thread);
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    gate.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    holder.join();
    return answers;
  }

  private static Saved refused(Statements statements, String key) throws SQLException {
    statements.update("INSERT INTO shared VALUES (?, 's', '{}')", key);
    throw new Refusal(Saved.CONFLICT);
  }

  private static List<String> keys(Writer writer) {
    return writer.read(
        "reading", statements -> statements.all(row -> row.getString(1), "SELECT key FROM shared"));
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
