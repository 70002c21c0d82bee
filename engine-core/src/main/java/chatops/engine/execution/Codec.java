package chatops.engine.execution;

import chatops.engine.NewerFormatException;
import chatops.engine.RowTooLargeException;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.Blob;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.TaskRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rows and values. Writes {@link #SCHEMA}, reads it and its predecessor, refuses anything newer so that an old instance
 * never damages the row of a new one. Thread-safe.
 */
public final class Codec {
  /** Format of the documents written here. */
  public static final int SCHEMA = 3;

  /** Format of a row whose document a store could not read for us; it is left alone, as a newer one is. */
  public static final int UNREADABLE = Integer.MAX_VALUE;

  /** Most bytes an execution's document may have. */
  public static final int LIMIT = 64 * 1024;

  /** A worker leaves so much of it to what people may still say. */
  private static final int RESERVED = 6 * 1024;

  private static final List<String> EXECUTION_FIELDS = List.of("outputs");
  private static final List<String> TASK_FIELDS =
      List.of("outputs", "result", "state", "loopItem", "loop");

  private final Document document = new Document();
  private final Remembered<Execution> executions = new Remembered<>(128);
  private final Remembered<TaskRecord> tasks = new Remembered<>(512);

  /**
   * @param isStep whether a worker writes it
   * @param blobs receives the values that were moved out
   */
  public ExecutionRow row(Execution execution, long version, boolean isStep, List<Blob> blobs) {
    String text = document.write(execution, EXECUTION_FIELDS, blobs);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    int limit = isStep ? LIMIT - RESERVED : LIMIT;
    if (bytes > limit) {
      throw new RowTooLargeException("execution "
          + execution.id()
          + ": its row has "
          + bytes
          + " bytes, at most "
          + limit
          + " are possible; start it with smaller parameters");
    }
    remember(executions, text, execution);
    return new ExecutionRow(
        execution.id(),
        version,
        SCHEMA,
        execution.epoch(),
        execution.status().text(),
        execution.wakeAt(),
        execution.request().createdAt(),
        execution.request().template().name(),
        execution.request().startedBy().id(),
        text);
  }

  public Execution execution(ExecutionRow row, Function<String, String> blobs) {
    check(row.schema(), row.id());
    return read(executions, row.document(), Execution.class, EXECUTION_FIELDS, blobs);
  }

  public TaskRow row(ExecutionId id, TaskRecord record, List<Blob> blobs) {
    String text = document.write(record, TASK_FIELDS, blobs);
    remember(tasks, text, record);
    return new TaskRow(id, record.task().path(), record.epoch(), SCHEMA, text);
  }

  public TaskRecord task(TaskRow row, Function<String, String> blobs) {
    check(row.schema(), row.execution());
    return read(tasks, row.document(), TaskRecord.class, TASK_FIELDS, blobs);
  }

  private static <T> void remember(Remembered<T> remembered, String text, T value) {
    if (Document.isWhole(text)) {
      remembered.put(text, value);
    }
  }

  private <T> T read(
      Remembered<T> remembered,
      String text,
      Class<T> type,
      List<String> movable,
      Function<String, String> blobs) {
    T known = remembered.of(text);
    if (known != null) {
      assert document.write(known, List.of(), new ArrayList<>()).equals(text)
          : "a value was changed after it was written: " + text;
      return known;
    }
    return document.read(text, type, movable, blobs);
  }

  private static void check(int schema, ExecutionId id) {
    if (schema == UNREADABLE) {
      throw new NewerFormatException("execution " + id
          + ": its row is sealed with a key that this program does not have; add the key to"
          + " CHATOPS_SEAL_KEYS");
    }
    if (schema > SCHEMA) {
      throw new NewerFormatException("execution "
          + id
          + ": written in format "
          + schema
          + ", this program reads up to "
          + SCHEMA
          + "; deploy the newer program everywhere");
    }
  }
}
