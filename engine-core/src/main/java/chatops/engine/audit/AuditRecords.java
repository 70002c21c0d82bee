package chatops.engine.audit;

import chatops.engine.execution.Execution;
import chatops.engine.execution.Trail;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.AuditRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts of records and rows of texts. */
public final class AuditRecords {
  /** Bytes of records in one row: far below what a column of any store holds. */
  private static final int ROW_BYTES = 256 * 1024;

  private AuditRecords() {}

  /** What a write adds to the trail, in the order it happened. */
  public static List<String> of(
      @Nullable Execution before, Execution next, List<AuditRecord> notes) {
    List<AuditRecord> records = new ArrayList<>(Changes.of(before, next));
    records.addAll(notes);
    records.sort(AuditRecords::order);
    List<String> texts = new ArrayList<>();
    long number = next.trail().count();
    String previous = next.trail().head();
    for (AuditRecord record : records) {
      String text = record.text(++number, previous);
      texts.add(text);
      previous = Trail.hash(text);
    }
    return texts;
  }

  /** By hand: what {@link java.util.Comparator} puts together is made at run time, which costs a cold start. */
  private static int order(AuditRecord one, AuditRecord other) {
    int byTime = one.at().compareTo(other.at());
    return byTime != 0 ? byTime : Integer.compare(Kinds.rank(one.kind()), Kinds.rank(other.kind()));
  }

  /** The rows that the trail's recent records make. */
  public static List<AuditRow> rows(ExecutionId id, Trail trail) {
    List<AuditRow> rows = new ArrayList<>();
    long last = trail.count() - trail.recent().size();
    List<String> records = new ArrayList<>();
    int bytes = 0;
    for (String record : trail.recent()) {
      int size = record.getBytes(StandardCharsets.UTF_8).length + 1;
      if (bytes + size > ROW_BYTES && !records.isEmpty()) {
        rows.add(row(id, last, records));
        records.clear();
        bytes = 0;
      }
      records.add(record);
      last++;
      bytes += size;
    }
    if (!records.isEmpty()) {
      rows.add(row(id, last, records));
    }
    return rows;
  }

  private static AuditRow row(ExecutionId id, long last, List<String> records) {
    String hash = Trail.hash(records.get(records.size() - 1));
    return new AuditRow(id, last, hash, String.join("\n", records));
  }

  public static int bytes(List<String> records) {
    int bytes = 0;
    for (String record : records) {
      bytes += record.getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }
}
