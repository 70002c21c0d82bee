package chatops.engine.audit;

import chatops.engine.id.ExecutionId;
import chatops.engine.share.Turns;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.SharedRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Anchors the heads of all trails once a day (UTC), whichever process comes first, and removes trails that are older than they
 * are kept. An anchor lists executions that are new since the last one, those that were open in it, and those that were noted: a
 * head that did not change since is covered by the anchor it stands in.
 */
public final class Anchoring {
  private static final String WORK = "anchor";
  private static final int MOST_NOTED = 10_000;

  /** Clocks of machines differ, so the new ones of two anchors overlap. */
  private static final Duration OVERLAP = Duration.ofHours(1);

  private final ExecutionStore store;
  private final InstantSource clock;
  private final @Nullable Duration kept;
  private final Anchors anchors;
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
    Heads heads = new Heads(store, clock);
    if (!heads.created(last == null ? Instant.EPOCH : last.until().minus(OVERLAP), deadline)) {
      return Optional.empty();
    }
    for (ExecutionId id : others(last, noted)) {
      if (!clock.instant().isBefore(deadline)) {
        return Optional.empty();
      }
      heads.look(id);
    }
    List<String> lines = heads.found().stream().map(Anchor.Head::line).toList();
    Anchor made = Anchor.of(
        number,
        last == null ? "" : last.hash(),
        now,
        now,
        lines,
        (lines.size() + Anchors.PART - 1) / Anchors.PART);
    // neither new nor open in this anchor, so the next one would not look; said before, so that no
    // end of this process loses it
    heads.later().forEach(anchors::note);
    Anchor standing = anchors.add(made, lines);
    if (standing.hash().equals(made.hash())) {
      noted.forEach(anchors::forget);
      heads.unread().forEach(failed);
      unread.are(heads.unread().keySet());
    }
    return Optional.of(standing);
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
