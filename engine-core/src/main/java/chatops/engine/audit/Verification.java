package chatops.engine.audit;

import chatops.engine.EngineException;
import chatops.engine.NewerFormatException;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks all trails of a store, and those of executions that were deleted, against themselves and against the anchors. Reads
 * only.
 */
public final class Verification {
  private static final int PAGE = 200;
  private static final String UNREAD = "its rows cannot be read: ";

  private final ExecutionStore store;
  private final Anchors anchors;
  private final Chains chains;
  private final Map<ExecutionId, List<Anchored>> anchored = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private int records;
  private int skipped;

  private record Anchored(long anchor, Anchor.Head head) {}

  /**
   * Something that is not as it was written.
   *
   * @param execution empty when it is an anchor
   * @param record number of the first record, or of the anchor, that is broken
   */
  public record Problem(String execution, long record, String why) {}

  /**
   * What was found.
   *
   * @param executions how many trails were read
   * @param anchors how many anchors
   * @param newest hash of the newest anchor; empty before the first
   * @param skipped executions of a newer program, which this one cannot read
   */
  public record Report(
      int executions,
      int records,
      long anchors,
      String newest,
      int skipped,
      List<Problem> problems) {
    public Report {
      problems = List.copyOf(problems);
    }
  }

  public Verification(ExecutionStore store) {
    this.store = store;
    this.anchors = new Anchors(store.shared());
    this.chains = new Chains(store);
  }

  /** @param only one execution; null for all */
  public Report run(@Nullable ExecutionId only) {
    String newest = anchors();
    int executions = 0;
    for (ExecutionId id : only == null ? executions() : List.of(only)) {
      executions += check(id) ? 1 : 0;
    }
    return new Report(executions, records, anchors.newest(), newest, skipped, problems);
  }

  /** Every trail in the store, oldest executions first, with those of deleted ones; broken ones as far as they go. */
  public void each(Consumer<Chain> use) {
    anchors();
    for (ExecutionId id : executions()) {
      try {
        use.accept(chain(id));
      } catch (NewerFormatException newer) {
        skipped++;
      }
    }
  }

  private Chain chain(ExecutionId id) {
    try {
      return chains.read(id);
    } catch (StoreException | NewerFormatException unavailable) {
      throw unavailable;
    } catch (RuntimeException damaged) {
      return new Chain(id, List.of(), null)
          .broken(1, UNREAD + damaged.getClass().getSimpleName());
    }
  }

  private String anchors() {
    String previous = "";
    for (long number = 1; number <= anchors.newest(); number++) {
      Anchor anchor = anchor(number);
      if (anchor == null) {
        previous = "";
        continue;
      }
      boolean isFollowing =
          anchor.previous().equals(previous) || (previous.isEmpty() && number > 1);
      if (anchor.number() != number || !isFollowing) {
        problems.add(new Problem("", number, "the anchor does not follow the one before it"));
      }
      previous = anchor.hash();
      if (number > anchors.cleared()) {
        heads(anchor);
      }
    }
    return previous;
  }

  private @Nullable Anchor anchor(long number) {
    try {
      Optional<Anchor> found = anchors.find(number);
      if (found.isPresent()) {
        return found.get();
      }
      problems.add(new Problem("", number, "the anchor is missing"));
    } catch (EngineException damaged) {
      problems.add(new Problem("", number, String.valueOf(damaged.getMessage())));
    }
    return null;
  }

  private void heads(Anchor anchor) {
    try {
      List<String> lines = anchors.lines(anchor);
      if (!Anchor.hash(lines).equals(anchor.heads())) {
        problems.add(new Problem(
            "", anchor.number(), "the anchor's list of heads is not as it was written"));
      }
      for (String line : lines) {
        Anchor.Head head = Anchor.Head.parse(line);
        anchored
            .computeIfAbsent(head.execution(), unused -> new ArrayList<>())
            .add(new Anchored(anchor.number(), head));
      }
    } catch (EngineException damaged) {
      problems.add(new Problem("", anchor.number(), String.valueOf(damaged.getMessage())));
    }
  }

  private Iterable<ExecutionId> executions() {
    TreeSet<ExecutionId> ids = new TreeSet<>(anchored.keySet());
    Instant before = null;
    while (true) {
      List<ExecutionRow> rows = store.list(new ExecutionQuery(null, null, null, before, PAGE));
      rows.forEach(row -> ids.add(row.id()));
      if (rows.size() < PAGE) {
        return ids;
      }
      Instant last = rows.get(rows.size() - 1).createdAt();
      Instant next = last.plusNanos(1);
      before = next.equals(before) ? last : next;
    }
  }

  private boolean check(ExecutionId id) {
    Chain chain;
    try {
      chain = chains.read(id);
    } catch (NewerFormatException newer) {
      skipped++;
      return false;
    } catch (StoreException unavailable) {
      throw unavailable;
    } catch (EngineException damaged) {
      problems.add(new Problem(id.value(), 1, String.valueOf(damaged.getMessage())));
      return true;
    } catch (RuntimeException damaged) {
      problems.add(new Problem(id.value(), 1, UNREAD + damaged.getClass().getSimpleName()));
      return true;
    }
    for (Anchored each : anchored.getOrDefault(id, List.of())) {
      Anchor.Head head = each.head();
      if (!chain.has(head.count(), head.hash())) {
        chain = chain.broken(
            head.count(), "anchor " + each.anchor() + " has another hash for it, or it is missing");
      }
    }
    records += chain.links().size();
    Chain.Broken broken = chain.broken();
    if (broken != null) {
      problems.add(new Problem(id.value(), broken.record(), broken.why()));
    }
    return !chain.links().isEmpty();
  }
}
