package chatops.execution.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that may not grow answers as one on a disk that is full: SQLITE_FULL. */
class FullDiskTest {
  private static final String LARGE = "x".repeat(64 * 1024);
  private static final String INSERT = "INSERT INTO shared VALUES (?, 's', ?)";

  @TempDir
  Path folder = Path.of("");

  private Database database;
  private Writer writer;

  @BeforeEach
  void open() {
    database = new Database(folder.resolve("store.db"));
    writer = new Writer(database);
  }

  @AfterEach
  void close() {
    writer.close();
    database.close();
  }

  /** On the connection that writes: a read may be given another. */
  private void growth(String pages) {
    writer.write(
        "setting", statements -> statements.all(row -> 0, "PRAGMA max_page_count = " + pages));
  }

  private void fill() {
    growth("1");
  }

  private void free() {
    growth("1000000");
  }

  private int insert(String key, String value) {
    return writer.write("writing " + key, statements -> statements.update(INSERT, key, value));
  }

  private List<String> keys() {
    return database.read(
        "reading",
        statements ->
            statements.all(row -> row.getString(1), "SELECT key FROM shared ORDER BY key"));
  }

  @Test
  void the_store_goes_on_where_there_is_room_again() {
    insert("before", "{}");
    fill();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> insert("large", LARGE))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("SQLITE_FULL");
    }
    free();

    assertThat(insert("large", LARGE)).isEqualTo(1);
    assertThat(keys()).containsExactly("before", "large");
  }

  @Test
  void of_writes_that_meet_on_a_full_disk_every_one_is_answered_and_none_is_half_written()
      throws Exception {
    fill();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    List<String> failed = java.util.Collections.synchronizedList(new ArrayList<>());
    threads.add(new Thread(() -> writer.write("first", statements -> {
      entered.countDown();
      awaited(gate);
      return 0;
    })));
    threads.get(0).start();
    entered.await();
    for (int i = 0; i < 20; i++) {
      String key = "key" + i;
      threads.add(new Thread(() -> {
        try {
          insert(key, LARGE);
        } catch (StoreException full) {
          failed.add(key);
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

    assertThat(failed).hasSize(20);
    assertThat(keys()).isEmpty();
    free();
    for (String key : failed) {
      assertThat(insert(key, LARGE)).isEqualTo(1);
    }
    assertThat(keys()).hasSize(20);
  }

  private static void awaited(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
