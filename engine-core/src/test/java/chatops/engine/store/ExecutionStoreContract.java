package chatops.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ExecutionStore} must do; a store's own test extends it and says how to open an empty one. */
public abstract class ExecutionStoreContract {
  protected static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private ExecutionStore store;

  /** An empty store whose clock stands at {@link #NOW}. */
  protected abstract ExecutionStore open() throws Exception;

  @BeforeEach
  void open_an_empty_store() throws Exception {
    store = open();
  }

  @AfterEach
  void close_the_store() {
    store.close();
  }

  protected static ExecutionId id(int number) {
    return new ExecutionId(String.format("exec-contract%04d", number));
  }

  protected static ExecutionRow row(int number, long version, @Nullable Instant wakeAt) {
    return new ExecutionRow(
        id(number),
        version,
        1,
        1,
        "Running",
        wakeAt,
        NOW.plusSeconds(number),
        "ECS-Start",
        "slack:T1/U1",
        "{\"n\":" + number + ",\"v\":" + version + "}");
  }

  private static TaskRow task(int number, String path, long epoch, String document) {
    return new TaskRow(id(number), new TaskPath(path), epoch, 1, document);
  }

  private static Commit commit(ExecutionRow row, TaskRow... tasks) {
    return new Commit(row, row.version() - 1, List.of(tasks), List.of());
  }

  @Test
  void the_first_creation_wins_and_the_second_changes_nothing() {
    ExecutionRow first = row(1, 1, NOW);
    ExecutionRow second = new ExecutionRow(
        id(1), 1, 1, 1, "Started", NOW, NOW, "Other", "slack:T1/U2", "{\"other\":true}");

    assertThat(store.commit(commit(first))).isEqualTo(ExecutionStore.Saved.DONE);
    assertThat(store.commit(commit(second))).isEqualTo(ExecutionStore.Saved.CONFLICT);

    assertThat(store.load(id(1))).contains(first);
  }

  @Test
  void an_unknown_execution_is_absent_everywhere() {
    assertThat(store.load(id(9))).isEmpty();
    assertThat(store.tasks(id(9), TaskPath.ROOT)).isEmpty();
    assertThat(store.logs(id(9), 0, 10)).isEmpty();
    assertThat(store.blob(id(9), "00")).isEmpty();
  }

  @Test
  void every_column_comes_back_as_it_was_written() {
    ExecutionRow row = new ExecutionRow(
        id(1),
        1,
        7,
        3,
        "Waiting",
        Instant.parse("2026-03-01T08:00:00.123Z"),
        NOW,
        "模板 \"x\"",
        "dingtalk:d/s",
        "{\"text\":\"重启 ' \\\\ \\u0000 😀\"}");

    store.commit(commit(row));

    assertThat(store.load(id(1))).contains(row);
  }

  @Test
  void a_document_of_64_kilobytes_fits() {
    String document = "\"" + "x".repeat(64 * 1024 - 2) + "\"";
    ExecutionRow row = new ExecutionRow(id(1), 1, 1, 1, "Running", NOW, NOW, "T", "u", document);

    store.commit(commit(row));

    assertThat(store.load(id(1)).orElseThrow().document()).isEqualTo(document);
  }

  @Test
  void a_save_at_the_stored_version_replaces_the_row() {
    store.commit(commit(row(1, 1, NOW)));

    assertThat(store.commit(commit(row(1, 2, null)))).isEqualTo(ExecutionStore.Saved.DONE);

    assertThat(store.load(id(1))).contains(row(1, 2, null));
  }

  @Test
  void a_save_at_a_stale_version_is_a_conflict_and_changes_nothing() {
    store.commit(commit(row(1, 1, NOW)));
    store.commit(commit(row(1, 2, NOW)));
    ExecutionRow stale = new ExecutionRow(id(1), 2, 1, 1, "Failed", null, NOW, "T", "u", "{}");

    assertThat(store.commit(commit(stale))).isEqualTo(ExecutionStore.Saved.CONFLICT);
    assertThat(store.commit(new Commit(row(2, 5, NOW), 4, List.of(), List.of())))
        .isEqualTo(ExecutionStore.Saved.CONFLICT);

    assertThat(store.load(id(1))).contains(row(1, 2, NOW));
    assertThat(store.load(id(2))).isEmpty();
  }

  @Test
  void a_task_row_of_an_older_epoch_is_refused_with_its_whole_commit() {
    store.commit(commit(row(1, 1, NOW), task(1, "t0001", 2, "{\"by\":\"new\"}")));

    ExecutionStore.Saved saved =
        store.commit(commit(row(1, 2, NOW), task(1, "t0001", 1, "{\"by\":\"old\"}")));

    assertThat(saved).isEqualTo(ExecutionStore.Saved.CONFLICT);
    assertThat(store.tasks(id(1), TaskPath.ROOT))
        .containsExactly(task(1, "t0001", 2, "{\"by\":\"new\"}"));
    assertThat(store.load(id(1))).contains(row(1, 1, NOW));
  }

  @Test
  void task_rows_are_replaced_by_the_same_or_a_newer_epoch() {
    store.commit(commit(row(1, 1, NOW), task(1, "t0001", 2, "{}")));
    store.commit(commit(row(1, 2, NOW), task(1, "t0001", 2, "{\"a\":1}")));
    store.commit(commit(row(1, 3, NOW), task(1, "t0001", 5, "{\"a\":2}")));

    assertThat(store.tasks(id(1), TaskPath.ROOT)).containsExactly(task(1, "t0001", 5, "{\"a\":2}"));
  }

  @Test
  void tasks_are_read_by_subtree_in_path_order() {
    List<String> paths = List.of(
        "t0002",
        "t0001",
        "t0003.0010",
        "t0003",
        "t0003.0002/t0001",
        "t0003.0002",
        "t00031",
        "t0010");
    List<TaskRow> rows = new ArrayList<>();
    for (String path : paths) {
      rows.add(task(1, path, 1, "{}"));
    }
    store.commit(new Commit(row(1, 1, NOW), 0, rows, List.of()));

    assertThat(store.tasks(id(1), TaskPath.ROOT))
        .extracting(task -> task.path().value())
        .containsExactlyElementsOf(paths.stream().sorted().toList());
    assertThat(store.tasks(id(1), new TaskPath("t0003")))
        .extracting(task -> task.path().value())
        .containsExactly("t0003", "t0003.0002", "t0003.0002/t0001", "t0003.0010");
  }

  @Test
  void a_commit_of_a_thousand_task_rows_is_whole() {
    List<TaskRow> rows = new ArrayList<>();
    for (int item = 0; item < 1000; item++) {
      rows.add(new TaskRow(
          id(1), new TaskPath("t0001").item(item), 1, 1, "{\"out\":\"" + "y".repeat(500) + "\"}"));
    }

    store.commit(new Commit(row(1, 1, NOW), 0, rows, List.of()));

    assertThat(store.tasks(id(1), new TaskPath("t0001"))).hasSize(1000);
  }

  @Test
  void blobs_belong_to_their_execution() {
    Blob blob = new Blob("ab12", "x".repeat(300_000));
    store.commit(new Commit(row(1, 1, NOW), 0, List.of(), List.of(blob)));

    assertThat(store.blob(id(1), "ab12")).contains(blob);
    assertThat(store.blob(id(2), "ab12")).isEmpty();
    assertThat(store.blob(id(1), "ffff")).isEmpty();
  }

  @Test
  void audit_rows_come_in_order_stay_apart_by_hash_and_outlive_their_execution() {
    AuditRow first = new AuditRow(id(1), 2, "aa", "{\"n\":1}\n{\"n\":2,\"text\":\"重启 ' 😀\"}");
    AuditRow tenth = new AuditRow(id(1), 10, "bb", "x".repeat(300_000));
    AuditRow rival = new AuditRow(id(1), 10, "ba", "{}");
    AuditRow other = new AuditRow(id(2), 1, "aa", "{}");
    store.commit(new Commit(row(1, 1, NOW), 0, List.of(), List.of(), List.of(first)));
    store.commit(new Commit(row(1, 2, NOW), 1, List.of(), List.of(), List.of(tenth, rival)));
    store.commit(new Commit(row(2, 1, NOW), 0, List.of(), List.of(), List.of(other)));

    assertThat(store.audit(id(1))).containsExactly(first, rival, tenth);
    store.delete(id(1));
    assertThat(store.audit(id(1))).containsExactly(first, rival, tenth);
    store.deleteAudit(id(1));
    store.deleteAudit(id(1));
    assertThat(store.audit(id(1))).isEmpty();
    assertThat(store.audit(id(2))).containsExactly(other);
  }

  @Test
  void due_rows_come_earliest_first_and_rows_without_wake_up_never() {
    store.commit(commit(row(1, 1, NOW.minusSeconds(5))));
    store.commit(commit(row(2, 1, NOW.minusSeconds(50))));
    store.commit(commit(row(3, 1, NOW)));
    store.commit(commit(row(4, 1, NOW.plusMillis(1))));
    store.commit(commit(row(5, 1, null)));

    assertThat(store.due(NOW, 10))
        .extracting(ExecutionRow::id)
        .containsExactly(id(2), id(1), id(3));
    assertThat(store.due(NOW, 2)).extracting(ExecutionRow::id).containsExactly(id(2), id(1));
  }

  @Test
  void a_moved_wake_up_is_found_at_its_new_time_only() {
    store.commit(commit(row(1, 1, NOW)));
    store.commit(commit(row(1, 2, NOW.plus(Duration.ofDays(1)))));

    assertThat(store.due(NOW, 10)).isEmpty();
    assertThat(store.due(NOW.plus(Duration.ofDays(2)), 10))
        .containsExactly(row(1, 2, NOW.plus(Duration.ofDays(1))));
  }

  @Test
  void lists_show_the_newest_first_filtered_and_paged() {
    for (int number = 1; number <= 5; number++) {
      store.commit(commit(row(number, 1, NOW)));
    }
    store.commit(commit(new ExecutionRow(
        id(6), 1, 1, 1, "Failed", null, NOW.plusSeconds(6), "Other", "slack:T1/U2", "{}")));

    assertThat(store.list(new ExecutionQuery(null, null, null, null, 3)))
        .extracting(ExecutionRow::id)
        .containsExactly(id(6), id(5), id(4));
    assertThat(store.list(new ExecutionQuery(null, null, null, NOW.plusSeconds(4), 10)))
        .extracting(ExecutionRow::id)
        .containsExactly(id(3), id(2), id(1));
    assertThat(store.list(new ExecutionQuery("Failed", null, null, null, 10)))
        .extracting(ExecutionRow::id)
        .containsExactly(id(6));
    assertThat(store.list(new ExecutionQuery("Running", "ECS-Start", "slack:T1/U1", null, 1)))
        .extracting(ExecutionRow::id)
        .containsExactly(id(5));
  }

  @Test
  void lines_that_a_store_takes_with_a_commit_are_written_with_it_or_not_at_all() {
    LogRow line = new LogRow(id(1), 7, NOW, TaskPath.ROOT, LogRow.Level.INFO, "begun");
    Commit first = new Commit(row(1, 1, NOW), 0, List.of(), List.of()).with(List.of(line));

    assertThat(store.commit(first)).isEqualTo(ExecutionStore.Saved.DONE);
    assertThat(store.commit(first.with(List.of(line, line(line, 8)))))
        .isEqualTo(ExecutionStore.Saved.CONFLICT);

    assertThat(store.logs(id(1), 0, 10)).isEqualTo(store.takesLines() ? List.of(line) : List.of());
  }

  private static LogRow line(LogRow like, long sequence) {
    return new LogRow(
        like.execution(), sequence, like.at(), like.task(), like.level(), "not to be seen");
  }

  @Test
  void logs_are_read_in_order_from_where_the_reader_stopped() {
    List<LogRow> lines = new ArrayList<>();
    for (long sequence = 1; sequence <= 5; sequence++) {
      lines.add(new LogRow(
          id(1), sequence, NOW, new TaskPath("t0001"), LogRow.Level.INFO, "line " + sequence));
    }
    store.appendLogs(lines.subList(2, 5));
    store.appendLogs(lines.subList(0, 2));

    assertThat(store.logs(id(1), 0, 3)).containsExactlyElementsOf(lines.subList(0, 3));
    assertThat(store.logs(id(1), 3, 10)).containsExactlyElementsOf(lines.subList(3, 5));
    assertThat(store.logs(id(2), 0, 10)).isEmpty();
  }

  @Test
  void a_guard_tells_new_from_duplicate_from_forgery() {
    Instant until = NOW.plusSeconds(3600);

    assertThat(store.guard("pair", "message", until)).isEqualTo(ExecutionStore.Guarded.NEW);
    assertThat(store.guard("pair", "message", until)).isEqualTo(ExecutionStore.Guarded.SAME);
    assertThat(store.guard("pair", "another", until)).isEqualTo(ExecutionStore.Guarded.OTHER);
    assertThat(store.guard("other pair", "message", until)).isEqualTo(ExecutionStore.Guarded.NEW);
  }

  @Test
  void deletion_removes_everything_of_one_execution_and_nothing_else() {
    for (int number = 1; number <= 2; number++) {
      store.commit(new Commit(
          row(number, 1, NOW),
          0,
          List.of(task(number, "t0001", 1, "{}")),
          List.of(new Blob("ab", "text"))));
      store.appendLogs(
          List.of(new LogRow(id(number), 1, NOW, TaskPath.ROOT, LogRow.Level.INFO, "x")));
    }

    store.delete(id(1));

    assertThat(store.load(id(1))).isEmpty();
    assertThat(store.tasks(id(1), TaskPath.ROOT)).isEmpty();
    assertThat(store.blob(id(1), "ab")).isEmpty();
    assertThat(store.logs(id(1), 0, 10)).isEmpty();
    assertThat(store.due(NOW, 10)).extracting(ExecutionRow::id).containsExactly(id(2));
    assertThat(store.tasks(id(2), TaskPath.ROOT)).hasSize(1);
    assertThat(store.blob(id(2), "ab")).isPresent();
    assertThat(store.logs(id(2), 0, 10)).hasSize(1);
    assertThat(store.commit(commit(row(1, 1, NOW)))).isEqualTo(ExecutionStore.Saved.DONE);
  }

  @Test
  void of_many_writers_at_one_version_exactly_one_wins() throws Exception {
    store.commit(commit(row(1, 1, NOW)));
    int writers = 8;
    int rounds = 20;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int round = 0; round < rounds; round++) {
        long next = round + 2L;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<ExecutionStore.Saved>> results = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          Callable<ExecutionStore.Saved> write = () -> {
            start.await();
            return store.commit(commit(row(1, next, NOW)));
          };
          results.add(threads.submit(write));
        }
        start.countDown();
        int won = 0;
        for (Future<ExecutionStore.Saved> result : results) {
          won += result.get() == ExecutionStore.Saved.DONE ? 1 : 0;
        }
        assertThat(won).as("winners of version %s", next).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.load(id(1)).orElseThrow().version()).isEqualTo(rounds + 1L);
  }

  private static SharedRow shared(String key, String stamp) {
    return new SharedRow(key, stamp, "{\"by\":\"" + stamp + "\",\"why\":\"重启\"}");
  }

  @Test
  void a_shared_row_is_made_once_changed_by_its_stamp_and_removed_by_its_stamp() {
    SharedRows rows = store.shared();

    assertThat(rows.find("lock:i-1")).isEmpty();
    assertThat(rows.put(shared("lock:i-1", "a"), SharedRows.ABSENT))
        .isEqualTo(ExecutionStore.Saved.DONE);
    assertThat(rows.put(shared("lock:i-1", "b"), SharedRows.ABSENT))
        .isEqualTo(ExecutionStore.Saved.CONFLICT);
    assertThat(rows.put(shared("lock:i-1", "b"), "x")).isEqualTo(ExecutionStore.Saved.CONFLICT);
    assertThat(rows.find("lock:i-1")).contains(shared("lock:i-1", "a"));

    assertThat(rows.put(shared("lock:i-1", "b"), "a")).isEqualTo(ExecutionStore.Saved.DONE);
    assertThat(rows.remove("lock:i-1", "a")).isEqualTo(ExecutionStore.Saved.CONFLICT);
    assertThat(rows.find("lock:i-1")).contains(shared("lock:i-1", "b"));

    assertThat(rows.remove("lock:i-1", "b")).isEqualTo(ExecutionStore.Saved.DONE);
    assertThat(rows.remove("lock:i-1", "b")).isEqualTo(ExecutionStore.Saved.DONE);
    assertThat(rows.put(shared("lock:i-1", "c"), "b")).isEqualTo(ExecutionStore.Saved.CONFLICT);
    assertThat(rows.find("lock:i-1")).isEmpty();
  }

  @Test
  void shared_rows_are_read_by_the_beginning_of_their_key_in_order() {
    SharedRows rows = store.shared();
    for (String key : List.of("lock:i-2", "lock:i-10", "lock", "locks:x", "limit:a", "lock:中")) {
      rows.put(shared(key, "s"), SharedRows.ABSENT);
    }

    assertThat(rows.under("lock:", 10))
        .extracting(SharedRow::key)
        .containsExactly("lock:i-10", "lock:i-2", "lock:中");
    assertThat(rows.under("lock:", 2))
        .extracting(SharedRow::key)
        .containsExactly("lock:i-10", "lock:i-2");
    assertThat(rows.under("none:", 2)).isEmpty();
  }

  @Test
  void of_many_who_count_in_one_shared_row_none_is_lost() throws Exception {
    SharedRows rows = store.shared();
    int writers = 6;
    int each = 10;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String name = "w" + writer + ".";
        done.add(threads.submit(() -> {
          for (int i = 0; i < each; i++) {
            count(rows, name + i);
          }
        }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(rows.find("count").orElseThrow().value()).isEqualTo(String.valueOf(writers * each));
  }

  private static void count(SharedRows rows, String stamp) {
    for (int attempt = 0; ; attempt++) {
      SharedRow found = rows.find("count").orElse(new SharedRow("count", SharedRows.ABSENT, "0"));
      String next = String.valueOf(Integer.parseInt(found.value()) + 1);
      SharedRow row = new SharedRow("count", stamp + "." + attempt, next);
      if (rows.put(row, found.stamp()) == ExecutionStore.Saved.DONE) {
        return;
      }
    }
  }
}
