package chatops.engine.audit;

import chatops.engine.NewerFormatException;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Trail;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The heads of trails for one anchor: those that could be read, and whose could not. Used by one thread. */
final class Heads {
  private static final int PAGE = 100;

  private final ExecutionStore store;
  private final InstantSource clock;
  private final Chains chains;
  private final TreeMap<ExecutionId, Anchor.Head> found = new TreeMap<>();
  private final TreeMap<ExecutionId, RuntimeException> unread = new TreeMap<>();
  private final TreeSet<ExecutionId> later = new TreeSet<>();

  Heads(ExecutionStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.chains = new Chains(store);
  }

  /** In order of the executions. */
  Collection<Anchor.Head> found() {
    return found.values();
  }

  /** Those whose rows are damaged, and how. */
  Map<ExecutionId, RuntimeException> unread() {
    return unread;
  }

  /** Those that another anchor must look at: the damaged ones, and those of a newer program. */
  Set<ExecutionId> later() {
    return later;
  }

  void look(ExecutionId id) {
    look(id, () -> head(id));
  }

  /**
   * Looks at all executions that were created since.
   *
   * @return whether all pages were read in time
   */
  boolean created(Instant since, Instant deadline) {
    Instant before = null;
    while (clock.instant().isBefore(deadline)) {
      List<ExecutionRow> rows = store.list(new ExecutionQuery(null, null, null, before, PAGE));
      for (ExecutionRow row : rows) {
        if (row.createdAt().isBefore(since)) {
          return true;
        }
        look(row.id(), () -> head(row));
      }
      if (rows.size() < PAGE) {
        return true;
      }
      // several may be created at one instant: the page goes over it once more, unless it is all of
      // one
      Instant last = rows.get(rows.size() - 1).createdAt();
      Instant next = last.plusNanos(1);
      before = next.equals(before) ? last : next;
    }
    return false;
  }

  private void look(ExecutionId id, Supplier<Optional<Anchor.Head>> head) {
    if (found.containsKey(id) || later.contains(id)) {
      return;
    }
    try {
      head.get().ifPresent(each -> found.put(id, each));
    } catch (NewerFormatException newer) {
      // the newer program reads it, whichever makes the next anchor
      later.add(id);
    } catch (StoreException unavailable) {
      throw unavailable;
    } catch (RuntimeException damaged) {
      later.add(id);
      unread.put(id, damaged);
    }
  }

  private Optional<Anchor.Head> head(ExecutionId id) {
    Optional<ExecutionRow> row = store.load(id);
    if (row.isPresent()) {
      return head(row.get());
    }
    List<Chain.Link> links = chains.read(id).links();
    if (links.isEmpty()) {
      return Optional.empty();
    }
    Chain.Link tip = links.get(links.size() - 1);
    return Optional.of(new Anchor.Head(id, tip.number(), tip.hash(), Anchor.State.RETIRED));
  }

  private Optional<Anchor.Head> head(ExecutionRow row) {
    Execution execution = chains.peek(row);
    Trail trail = execution.trail();
    boolean isOver = execution.status().isFinal();
    return trail.count() == 0
        ? Optional.empty()
        : Optional.of(new Anchor.Head(
            row.id(),
            trail.count(),
            trail.head(),
            isOver ? Anchor.State.ENDED : Anchor.State.OPEN));
  }
}
