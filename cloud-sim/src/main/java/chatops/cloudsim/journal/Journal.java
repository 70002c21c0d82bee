package chatops.cloudsim.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An append-only list of entries. Implementations are thread-safe. */
public interface Journal extends AutoCloseable {
  /** The entries of earlier runs, oldest first. */
  List<JsonNode> earlier();

  /** Keeps the entry; it survives a kill of the process once this returns. */
  void add(ObjectNode entry);

  @Override
  void close();

  /** Remembers nothing. */
  static Journal none() {
    return new Journal() {
      @Override
      public List<JsonNode> earlier() {
        return List.of();
      }

      @Override
      public void add(ObjectNode entry) {
        // nothing is remembered
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }
}
