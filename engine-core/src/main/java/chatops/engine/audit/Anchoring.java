package chatops.engine.audit;

import chatops.engine.NewerFormatException;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Trail;
import chatops.engine.id.ExecutionId;
import chatops.engine.share.Turns;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.SharedRow;
import chatops.engine.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Anchors the heads of all trails once a day (UTC), whichever process comes first, and removes trails that are older than they
 * are kept. An anchor lists executions that are new since the last one, those that were open in it, and those that were noted: a
 * head that did not change since is covered by the anchor it stands in.
 */
public final class Anchoring {
  private static final String WORK = "anchor";
  private static final int PAGE = 100;
  private static final int MOST_NOTED = 10_000;

  /** Clocks of machines differ, so the new ones of two anchors overlap. */
  private static final Duration OVERLAP = Duration.ofHours(1);

  private final ExecutionStore store;
  private final InstantSource clock;
  private final @Nullable Duration kept;
  private final Anchors anchors;
  private final Chains chains;
  private final Turns turns;
  private final UnreadTrails unread;

  /** Before this nobody need ask whose turn it is; a guess, which saves a read with every sweep. */
  private volatile Instant next = Instant.MIN;

  /** @param kept how long a trail stays after its execution was deleted and its last record; null = for ever */
  public Anchoring(ExecutionStore store, InstantSource clock, @Nullable Duration kept) {
    this.store = store;
    this.clock = clock;
    this.kept = kept;
    this.anchors = new Anchors(store.shared());
    this.chains = new Chains(store);
    this.turns = new Turns(store.shared());
    this.unread = new UnreadTrails(store.shared());
  }

  /**
   * An execution whose rows cannot be read keeps the others from nothing: it is told, and stands in the next anchor that can read it.
   *
   * @param failed told of each of them
   * @return the anchor that was made; empty when it is not time, or the time did not suffice
   */
  public Optional<Anchor> run(Instant deadline, BiConsumer<ExecutionId, RuntimeException> failed) {
    Instant now = clock.instant();
    Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    if (now.isBefore(next)) {
      return Optional.empty();
    }
    Optional<Anchor> anchor = Optional.empty();
    boolean isDone = true;
    if (turns.take(WORK, now, tomorrow)) {
      anchor = anchor(now, deadline, failed);
      isDone = anchor.isPresent() && clear(now, deadline);
    }
    if (isDone) {
      next = tomorrow;
    } else {
      turns.again(WORK, now);
    }
    return anchor;
  }

  private Optional<Anchor> anchor(
      Instant now, Instant deadline, BiConsumer<ExecutionId, RuntimeException> failed) {
    Anchor last = anchors.newestFound();
    long number = last == null ? 1 : last.number() + 1;
    List<SharedRow> noted = anchors.noted(MOST_NOTED);
    Found heads = new Found();
    if (!created(last == null ? Instant.EPOCH : last.until().minus(OVERLAP), deadline, heads)) {
      return Optional.empty();
    }
    for (ExecutionId id : others(last, noted)) {
      if (!clock.instant().isBefore(deadline)) {
        return Optional.empty();
      }
      heads.look(id, () -> head(id));
    }
    List<String> lines = heads.found.values().stream().map(Anchor.Head::line).toList();
    Anchor made = Anchor.of(
        number,
        last == null ? "" : last.hash(),
        now,
        now,
        lines,
        (lines.size() + Anchors.PART - 1) / Anchors.PART);
    // neither new nor open in this anchor, so the next one would not look; said before, so that no
    // end of this process loses it
    heads.later.forEach(anchors::note);
    Anchor standing = anchors.add(made, lines);
    if (standing.hash().equals(made.hash())) {
      noted.forEach(anchors::forget);
      heads.unread.forEach(failed);
      unread.are(heads.unread.keySet());
    }
    return Optional.of(standing);
  }

  /** The heads that could be read, and whose could not. */
  private static final class Found {
    private final TreeMap<ExecutionId, Anchor.Head> found = new TreeMap<>();
    private final TreeMap<ExecutionId, RuntimeException> unread = new TreeMap<>();
    private final TreeSet<ExecutionId> later = new TreeSet<>();

    void look(ExecutionId id, Supplier<Optional<Anchor.Head>> head) {
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
  }

  private List<ExecutionId> others(@Nullable Anchor last, List<SharedRow> noted) {
    List<ExecutionId> ids = new ArrayList<>(noted.stream().map(Anchors::noted).toList());
    if (last != null) {
      anchors.lines(last).stream()
          .map(Anchor.Head::parse)
          .filter(head -> head.state() == Anchor.State.OPEN)
          .forEach(head -> ids.add(head.execution()));
    }
    return ids;
  }

  /** @return whether all pages were read in time */
  private boolean created(Instant since, Instant deadline, Found heads) {
    Instant before = null;
    while (clock.instant().isBefore(deadline)) {
      List<ExecutionRow> rows = store.list(new ExecutionQuery(null, null, null, before, PAGE));
      for (ExecutionRow row : rows) {
        if (row.createdAt().isBefore(since)) {
          return true;
        }
        heads.look(row.id(), () -> head(row));
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

  /**
   * A trail goes when the anchor that lists it as retired is old enough: its last record is older.
   *
   * @return whether everything that is too old was removed in time
   */
  private boolean clear(Instant now, Instant deadline) {
    if (kept == null) {
      return true;
    }
    Instant before = now.minus(kept);
    for (long number = anchors.cleared() + 1; number < anchors.newest(); number++) {
      Anchor anchor = anchors.find(number).orElse(null);
      if (anchor == null || !anchor.at().isBefore(before)) {
        return true;
      }
      for (String line : anchors.lines(anchor)) {
        if (!clock.instant().isBefore(deadline)) {
          return false;
        }
        Anchor.Head head = Anchor.Head.parse(line);
        // no later anchor lists what is retired
        if (head.state() == Anchor.State.RETIRED) {
          store.deleteAudit(head.execution());
        }
      }
      anchors.clear(anchor);
    }
    return true;
  }
}
