package chatops.execution.tablestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.reply.Seal;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.tablestore.Tablestore;
import chatops.engine.EngineException;
import chatops.engine.execution.Codec;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.Blob;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore.Guarded;
import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.StoreException;
import chatops.engine.store.TaskRow;
import chatops.execution.sealed.SealedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the store makes of lost answers, refusals and limits. */
class TablestoreTroubleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final ExecutionId ID = new ExecutionId("exec-trouble0001");

  private final SimulatedInstance instance = SimulatedInstance.withTables(NOW, 3);
  private final TablestoreExecutionStore store = instance.store();

  @AfterEach
  void stop() {
    store.close();
    instance.close();
  }

  private static ExecutionRow row(long version, String document) {
    return new ExecutionRow(ID, version, 1, 1, "Running", NOW, NOW, "T", "u", document);
  }

  private static Commit commit(long version, TaskRow... tasks) {
    return new Commit(row(version, "{}"), version - 1, List.of(tasks), List.of());
  }

  private static TaskRow task(String path, long epoch, String document) {
    return new TaskRow(ID, new TaskPath(path), epoch, 1, document);
  }

  private void next(int times, String action, Fault fault) {
    instance.sim.faults().next(times, Tablestore.SERVICE, action, fault);
  }

  private static Fault refuse(int status, String code) {
    return new Fault.Refuse(status, code, code);
  }

  @Test
  void a_creation_whose_answer_is_lost_is_ours() {
    next(1, "UpdateRow", new Fault.LostReply());

    assertThat(store.commit(commit(1))).isEqualTo(Saved.DONE);
    assertThat(store.load(ID)).contains(row(1, "{}"));
  }

  @Test
  void a_save_whose_answer_is_lost_several_times_is_ours() {
    store.commit(commit(1));
    next(3, "UpdateRow", new Fault.LostReply());
    next(1, "GetRow", new Fault.LostReply());

    assertThat(store.commit(commit(2))).isEqualTo(Saved.DONE);
    assertThat(store.commit(commit(2))).isEqualTo(Saved.CONFLICT);
  }

  @Test
  void a_save_is_known_as_ours_even_after_others_saved_later_versions() {
    store.commit(commit(1));
    TablestoreExecutionStore other = instance.store();
    Attempts meddling = new Attempts(
        Duration.ofSeconds(10),
        pause -> {
          assertThat(other.commit(commit(3))).isEqualTo(Saved.DONE);
          assertThat(other.commit(commit(4))).isEqualTo(Saved.DONE);
        },
        new java.util.Random(1));
    TablestoreExecutionStore slow =
        new TablestoreExecutionStore(instance.client(), instance.clock, meddling);
    next(1, "UpdateRow", new Fault.LostReply());

    assertThat(slow.commit(commit(2))).isEqualTo(Saved.DONE);
    assertThat(store.load(ID).orElseThrow().version()).isEqualTo(4);
    slow.close();
    other.close();
  }

  @Test
  void a_lost_answer_that_cannot_be_told_any_more_is_not_guessed() {
    store.commit(commit(1));
    TablestoreExecutionStore other = instance.store();
    Attempts meddling = new Attempts(
        Duration.ofSeconds(10),
        pause -> {
          for (long version = 3; version <= 10; version++) other.commit(commit(version));
        },
        new java.util.Random(1));
    TablestoreExecutionStore slow =
        new TablestoreExecutionStore(instance.client(), instance.clock, meddling);
    next(1, "UpdateRow", new Fault.LostReply());

    assertThatThrownBy(() -> slow.commit(commit(2)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 10 is stored");
    slow.close();
    other.close();
  }

  @Test
  void a_save_that_took_effect_and_was_answered_with_a_timeout_is_ours() {
    instance.sim.tablestore().answerLostReplies(503, "OTSTimeout");
    next(2, "UpdateRow", new Fault.LostReply());

    assertThat(store.commit(commit(1))).isEqualTo(Saved.DONE);
  }

  @Test
  void a_real_conflict_after_an_unsent_write_is_a_conflict() {
    store.commit(commit(1));
    TablestoreExecutionStore other = instance.store();
    Attempts meddling = new Attempts(
        Duration.ofSeconds(10), pause -> other.commit(commit(2)), new java.util.Random(1));
    TablestoreExecutionStore slow =
        new TablestoreExecutionStore(instance.client(), instance.clock, meddling);
    next(1, "UpdateRow", refuse(503, "OTSTimeout"));

    assertThat(slow.commit(commit(2))).isEqualTo(Saved.CONFLICT);
    slow.close();
    other.close();
  }

  @Test
  void a_write_that_arrives_after_its_successors_is_refused() {
    store.commit(commit(1, task("t0001", 1, "{\"n\":1}")));
    store.commit(commit(2, task("t0001", 1, "{\"n\":2}")));

    // as the first commit's batch would arrive now
    assertThat(store.commit(commit(1, task("t0001", 1, "{\"n\":1}")))).isEqualTo(Saved.CONFLICT);
    assertThat(store.tasks(ID, TaskPath.ROOT)).containsExactly(task("t0001", 1, "{\"n\":2}"));
  }

  @Test
  void a_batch_cut_off_in_the_middle_is_completed() {
    List<TaskRow> tasks = new ArrayList<>();
    for (int item = 0; item < 30; item++) {
      tasks.add(task(new TaskPath("t0001").item(item).value(), 1, "{\"item\":" + item + "}"));
    }
    next(1, "BatchWriteRow.row", new Fault.LostReply());
    next(5, "BatchWriteRow.row", refuse(503, "OTSPartitionUnavailable"));

    assertThat(store.commit(new Commit(row(1, "{}"), 0, tasks, List.of()))).isEqualTo(Saved.DONE);
    assertThat(store.tasks(ID, TaskPath.ROOT)).containsExactlyElementsOf(tasks);
  }

  @Test
  void a_busy_service_is_asked_again_until_the_budget_is_used_up() {
    next(4, "UpdateRow", refuse(503, "OTSServerBusy"));
    assertThat(store.commit(commit(1))).isEqualTo(Saved.DONE);

    TablestoreExecutionStore hasty = new TablestoreExecutionStore(
        instance.client(), instance.clock, instance.attempts(Duration.ofMillis(50)));
    next(100_000, "UpdateRow", refuse(503, "OTSServerBusy"));
    assertThatThrownBy(() -> hasty.commit(commit(2)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("saving exec-trouble0001 at version 1")
        .hasMessageContaining("OTSServerBusy")
        .hasMessageNotContaining("unknown");
    instance.sim.faults().clear();
    next(100_000, "UpdateRow", new Fault.LostReply());
    assertThatThrownBy(() -> hasty.commit(commit(2)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("whether it was written is unknown");
    instance.sim.faults().clear();
    assertThat(store.load(ID).orElseThrow().version()).isEqualTo(2);
    hasty.close();
  }

  @Test
  void pauses_grow_at_random_up_to_their_limit() {
    List<Duration> pauses = new ArrayList<>();
    TablestoreExecutionStore counted = new TablestoreExecutionStore(
        instance.client(),
        instance.clock,
        new Attempts(Duration.ofSeconds(10), pauses::add, new java.util.Random(4)));
    next(40, "GetRow", refuse(503, "OTSServerBusy"));

    assertThat(counted.load(ID)).isEmpty();
    assertThat(pauses).hasSize(40).allMatch(pause -> pause.compareTo(Duration.ofMillis(640)) <= 0);
    assertThat(pauses.get(0)).isLessThanOrEqualTo(Duration.ofMillis(10));
    assertThat(pauses).doesNotHaveDuplicates();
    assertThat(pauses.stream().skip(10).mapToLong(Duration::toMillis).average().orElse(0))
        .isBetween(200.0, 440.0);
    counted.close();
  }

  @Test
  void keys_that_expired_are_asked_for_once_more() {
    assertThat(store.load(ID)).isEmpty();
    instance.clock.advance(Duration.ofHours(2));
    Attempts rotating =
        new Attempts(Duration.ofSeconds(10), pause -> instance.newKeys(), new java.util.Random(1));
    TablestoreExecutionStore rotated =
        new TablestoreExecutionStore(instance.client(), instance.clock, rotating);
    assertThat(rotated.commit(commit(1))).isEqualTo(Saved.DONE);
    rotated.close();

    instance.clock.advance(Duration.ofHours(2));
    Map<String, Long> calls = instance.callsOf(() -> assertThatThrownBy(() -> store.load(ID))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("OTSAuthFailed")
        .hasMessageNotContaining(instance.secret()));
    assertThat(calls).containsExactly(Map.entry("GetRow", 2L));
  }

  @Test
  void the_largest_document_of_the_engine_is_kept_when_it_is_sealed() {
    String key = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    SealedStore sealed = new SealedStore(store, new Seal(key));
    ExecutionRow largest = row(1, "\"" + "x".repeat(Codec.LIMIT - 2) + "\"");

    assertThat(sealed.commit(new Commit(largest, 0, List.of(), List.of()))).isEqualTo(Saved.DONE);
    assertThat(sealed.load(ID)).contains(largest);
    assertThat(sealed.due(NOW, 10)).containsExactly(largest);
  }

  @Test
  void a_document_no_row_holds_is_refused_before_anything_is_written() {
    Commit tooLarge = new Commit(
        row(1, "\"" + "é".repeat(44 * 1024) + "\""),
        0,
        List.of(task("t0001", 1, "{}")),
        List.of(new Blob("ab", "text")));

    Map<String, Long> calls =
        instance.callsOf(() -> assertThatThrownBy(() -> store.commit(tooLarge))
            .isInstanceOf(EngineException.class)
            .hasMessageContaining("exec-trouble0001")
            .hasMessageContaining("90114 bytes")
            .hasMessageContaining("88404"));
    assertThat(calls).isEmpty();
    assertThatThrownBy(() -> store.commit(commit(1, task("t0001", 1, "x".repeat(1024 * 1024 + 1)))))
        .hasMessageContaining("task t0001")
        .hasMessageContaining("1048577 bytes");
  }

  @Test
  void large_blobs_and_many_large_tasks_are_split_over_rows_and_batches() {
    String text = "文字😀".repeat(700_000);
    List<TaskRow> tasks = new ArrayList<>();
    for (int item = 0; item < 12; item++) {
      tasks.add(task(new TaskPath("t0001").item(item).value(), 1, "y".repeat(900_000)));
    }

    Map<String, Long> calls = instance.callsOf(() -> assertThat(store.commit(
            new Commit(row(1, "{}"), 0, tasks, List.of(new Blob("ab", text), new Blob("cd", "")))))
        .isEqualTo(Saved.DONE));
    assertThat(calls.get("BatchWriteRow")).isLessThanOrEqualTo(8);
    assertThat(store.blob(ID, "ab").orElseThrow().text()).isEqualTo(text);
    assertThat(store.blob(ID, "cd").orElseThrow().text()).isEmpty();
    assertThat(store.tasks(ID, TaskPath.ROOT)).containsExactlyElementsOf(tasks);
  }

  @Test
  void a_guard_whose_answer_is_lost_is_new_and_an_expired_one_is_replaced_once() {
    Instant until = NOW.plus(Duration.ofHours(1));
    next(1, "PutRow", new Fault.LostReply());

    assertThat(store.guard("pair", "message", until)).isEqualTo(Guarded.NEW);
    assertThat(store.guard("pair", "message", until)).isEqualTo(Guarded.SAME);
    instance.clock.advance(Duration.ofMinutes(59));
    instance.newKeys();
    assertThat(store.guard("pair", "other", until)).isEqualTo(Guarded.OTHER);
    instance.clock.advance(Duration.ofMinutes(2));
    Instant later = until.plus(Duration.ofHours(1));
    assertThat(store.guard("pair", "other", later)).isEqualTo(Guarded.NEW);
    assertThat(store.guard("pair", "message", later)).isEqualTo(Guarded.OTHER);
    assertThatThrownBy(() -> store.guard("pair", "x", NOW.plus(Duration.ofDays(31))))
        .hasMessageContaining("30 days");
  }
}
