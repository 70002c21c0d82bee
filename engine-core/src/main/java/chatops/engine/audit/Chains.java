package chatops.engine.audit;

import chatops.engine.execution.Codec;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Trail;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.AuditRow;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads audit trails and checks them: from the head in the execution's own row back to the first record. Rows that no record
 * points to were left by commits that were refused, and count for nothing. Thread-safe.
 */
public final class Chains {
  private final ExecutionStore store;
  private final Codec codec = new Codec();

  public Chains(ExecutionStore store) {
    this.store = store;
  }

  /**
   * @return a chain without links when there is no such execution, or it is of a program that kept none
   * @throws chatops.engine.NewerFormatException when a newer program wrote the execution
   */
  public Chain read(ExecutionId id) {
    // the head first: rows that are written meanwhile do not matter to it
    Optional<ExecutionRow> row = store.load(id);
    List<AuditRow> rows = store.audit(id);
    if (row.isPresent()) {
      return read(id, trail(row.get()), rows);
    }
    return rows.isEmpty() ? new Chain(id, List.of(), null) : ofDeleted(id, rows);
  }

  /** The trail in an execution's row; nothing that lies elsewhere is read for it. */
  Trail trail(ExecutionRow row) {
    return peek(row).trail();
  }

  Execution peek(ExecutionRow row) {
    return codec.execution(row, hash -> "null");
  }

  private static Chain read(ExecutionId id, Trail trail, List<AuditRow> rows) {
    List<Chain.Link> links = new ArrayList<>();
    long number = trail.count() - trail.recent().size();
    for (String record : trail.recent()) {
      links.add(Chain.Link.of(++number, record));
    }
    String base = links.isEmpty() ? trail.head() : links.get(0).previous();
    long last = trail.count() - trail.recent().size();
    return checked(id, trail.count(), trail.head(), earlier(last, base, rows, links));
  }

  /** What follows the newest row is gone with the execution, so that row must say that the execution was to go. */
  private static Chain ofDeleted(ExecutionId id, List<AuditRow> rows) {
    AuditRow tip = rows.get(rows.size() - 1);
    for (AuditRow row : rows) {
      tip = isRetired(row) ? row : tip;
    }
    Chain chain =
        checked(id, tip.last(), tip.hash(), earlier(tip.last(), tip.hash(), rows, List.of()));
    return isRetired(tip)
        ? chain
        : chain.broken(
            tip.last() + 1, "the execution is gone, and no record says that it was to go");
  }

  private static boolean isRetired(AuditRow row) {
    List<String> records = row.records();
    Chain.Link link = Chain.Link.of(row.last(), records.get(records.size() - 1));
    return link.fields().path("kind").asText().equals(Kinds.RETIRED);
  }

  /** Goes from row to row, each by what the first record of the later one points to. */
  private static List<Chain.Link> earlier(
      long last, String hash, List<AuditRow> rows, List<Chain.Link> later) {
    List<Chain.Link> links = new ArrayList<>(later);
    long wanted = last;
    String pointer = hash;
    while (wanted > 0) {
      AuditRow row = find(wanted, pointer, rows);
      if (row == null) {
        return links;
      }
      List<Chain.Link> found = new ArrayList<>();
      long number = row.last() - row.records().size();
      for (String record : row.records()) {
        found.add(Chain.Link.of(++number, record));
      }
      links.addAll(0, found);
      wanted = row.last() - row.records().size();
      pointer = found.get(0).previous();
    }
    return links;
  }

  /** The row that is pointed to; where that is not there, the only one of its number, which is then not what it was. */
  private static @Nullable AuditRow find(long last, String hash, List<AuditRow> rows) {
    List<AuditRow> of = rows.stream().filter(row -> row.last() == last).toList();
    return of.stream()
        .filter(row -> row.hash().equals(hash))
        .findFirst()
        .orElse(of.size() == 1 ? of.get(0) : null);
  }

  private static Chain checked(ExecutionId id, long count, String head, List<Chain.Link> links) {
    Chain chain = new Chain(id, links, null);
    if (count > 0 && links.isEmpty()) {
      return chain.broken(count, "the record is missing");
    }
    String expected = head;
    boolean isTrusted = true;
    for (int i = links.size() - 1; i >= 0; i--) {
      Chain.Link link = links.get(i);
      boolean isSame = link.hash().equals(expected);
      if (!isSame && isTrusted) {
        chain = chain.broken(
            link.number(),
            "it is not as it was written: its hash is not the one that "
                + (i == links.size() - 1 ? "the execution holds" : "the next record names"));
      }
      if (link.fields().path("n").asLong() != link.number()) {
        chain = chain.broken(
            link.number(),
            "it says that it is record " + link.fields().path("n").asText());
      }
      // what a record that was changed says about the one before it is no proof against that one
      isTrusted = isSame || !isTrusted;
      expected = link.previous();
    }
    if (!links.isEmpty() && links.get(0).number() > 1) {
      return chain.broken(links.get(0).number() - 1, "the record is missing");
    }
    return expected.isEmpty() || !isTrusted
        ? chain
        : chain.broken(1, "it names a record before it");
  }
}
