package chatops.execution.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;
import chatops.engine.NewerFormatException;
import chatops.engine.execution.Codec;
import chatops.engine.id.TaskPath;
import chatops.engine.store.Blob;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.ExecutionStoreContract;
import chatops.engine.store.StoreException;
import chatops.engine.store.TaskRow;
import chatops.engine.store.memory.InMemoryExecutionStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedStoreTest extends ExecutionStoreContract {
  private static final String OLD = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String NEW = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

  private final InMemoryExecutionStore rows = new InMemoryExecutionStore(() -> NOW);

  @Override
  protected ExecutionStore open() {
    return new SealedStore(rows, new Seal(OLD));
  }

  private static Commit whole(int number) {
    TaskRow task =
        new TaskRow(id(number), new TaskPath("t0001"), 1, 1, "{\"task\":\"top-secret\"}");
    return new Commit(
        row(number, 1, NOW), 0, List.of(task), List.of(new Blob("h", "\"blob top-secret\"")));
  }

  @Test
  void what_lies_in_the_store_is_read_by_nobody_without_the_key() {
    open().commit(whole(1));

    String there =
        rows.load(id(1)) + " " + rows.tasks(id(1), TaskPath.ROOT) + " " + rows.blob(id(1), "h");
    assertThat(there).contains("sealed:k1.").doesNotContain("top-secret").doesNotContain("\"n\":1");
    assertThat(open().load(id(1))).contains(row(1, 1, NOW));
    assertThat(open().tasks(id(1), TaskPath.ROOT).get(0).document()).contains("top-secret");
    assertThat(open().blob(id(1), "h")).contains(new Blob("h", "\"blob top-secret\""));
  }

  @Test
  void rows_from_before_are_read_as_they_are_and_sealed_when_they_change() {
    rows.commit(whole(1));

    assertThat(open().load(id(1))).contains(row(1, 1, NOW));
    open().commit(new Commit(row(1, 2, NOW), 1, List.of(), List.of()));
    assertThat(rows.load(id(1)).orElseThrow().document()).startsWith("sealed:");
  }

  @Test
  void a_new_first_key_seals_and_the_old_one_opens_as_long_as_it_is_there() {
    open().commit(whole(1));
    ExecutionStore rotating = new SealedStore(rows, new Seal(NEW + "," + OLD));

    assertThat(rotating.load(id(1))).contains(row(1, 1, NOW));
    rotating.commit(whole(2));
    assertThat(rows.load(id(2)).orElseThrow().document()).startsWith("sealed:k2.");
  }

  @Test
  void a_row_whose_key_is_gone_is_left_alone_and_hides_no_other() {
    open().commit(whole(1));
    ExecutionStore without = new SealedStore(rows, new Seal(NEW));
    without.commit(whole(2));

    assertThat(without.list(new ExecutionQuery(null, null, null, null, 10)))
        .extracting(ExecutionRow::schema)
        .containsExactlyInAnyOrder(Codec.UNREADABLE, 1);
    ExecutionRow row = without.load(id(1)).orElseThrow();
    assertThatThrownBy(() -> new Codec().execution(row, hash -> ""))
        .isInstanceOf(NewerFormatException.class)
        .hasMessageContaining("CHATOPS_SEAL_KEYS");
    assertThatThrownBy(() -> without.blob(id(1), "h")).isInstanceOf(StoreException.class);
  }

  @Test
  void a_row_put_in_another_ones_place_does_not_open() {
    open().commit(whole(1));
    String document = rows.load(id(1)).orElseThrow().document();
    ExecutionRow moved = row(2, 1, NOW);
    rows.commit(new Commit(
        new ExecutionRow(
            moved.id(),
            1,
            1,
            1,
            moved.status(),
            NOW,
            NOW,
            moved.template(),
            moved.startedBy(),
            document),
        0,
        List.of(),
        List.of()));

    assertThat(open().load(id(2)).orElseThrow().schema()).isEqualTo(Codec.UNREADABLE);
    assertThatThrownBy(() -> new Seal(OLD).openText(document, "elsewhere"))
        .isInstanceOf(SealException.class);
  }
}
