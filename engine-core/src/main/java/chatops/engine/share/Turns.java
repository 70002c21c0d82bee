package chatops.engine.share;

import chatops.engine.store.SharedRows;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Work that only one process does, and only now and then: who finds it due and changes its row first has the turn. Thread-safe. */
public final class Turns {
  private final SharedJson shared;

  public Turns(SharedRows rows) {
    this.shared = new SharedJson(rows);
  }

  /** @return whether the work is due and this caller has it; the next turn is at {@code next} */
  public boolean take(String work, Instant now, Instant next) {
    if (!isDue(shared.read(key(work)), now)) {
      return false;
    }
    boolean[] isMine = new boolean[1];
    shared.change(key(work), row -> {
      isMine[0] = isDue(row, now);
      return isMine[0] ? row.put("next", next.toString()) : row;
    });
    return isMine[0];
  }

  /** The work did not get to its end: the next turn is at once. */
  public void again(String work, Instant now) {
    shared.change(key(work), row -> row.put("next", now.toString()));
  }

  private static boolean isDue(ObjectNode row, Instant now) {
    String next = row.path("next").asText();
    return next.isEmpty() || !now.isBefore(Instant.parse(next));
  }

  private static String key(String work) {
    return "turn:" + work;
  }
}
