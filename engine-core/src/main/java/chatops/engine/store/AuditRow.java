package chatops.engine.store;

import chatops.engine.id.ExecutionId;
import java.util.List;

/**
 * Records of an execution's audit trail that have left its own row. Keyed by execution, {@code last} and {@code hash}, and never
 * changed: a commit that was refused leaves a row that no other row and no execution points to.
 *
 * @param last number of its last record, counted from 1
 * @param hash of that record
 * @param text the records, oldest first, one JSON text a line; at most 1 MB
 */
public record AuditRow(ExecutionId execution, long last, String hash, String text) {

  /** Its records, oldest first. */
  public List<String> records() {
    return List.of(text.split("\n", -1));
  }
}
