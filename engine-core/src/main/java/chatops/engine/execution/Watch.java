package chatops.engine.execution;

import chatops.engine.id.ExecutionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an execution that waits for a trigger has seen of it (specification 7.11).
 *
 * @param nextAt next scheduled firing; null for events, and when there is none any more
 * @param notBefore scheduled firings up to here are skipped, because the execution was paused; null when it never was
 * @param firings those whose children have not ended, oldest first
 * @param fired how often it fired
 * @param skipped scheduled firings that found the child before them still running, or the execution paused
 * @param lastStatus how the last child ended; empty when none has
 */
public record Watch(
    @Nullable Instant nextAt,
    @Nullable Instant notBefore,
    List<Firing> firings,
    int fired,
    int skipped,
    @Nullable Instant lastAt,
    @Nullable Instant lastSuccessAt,
    String lastStatus,
    @Nullable ExecutionId lastChild) {
  public Watch {
    firings = List.copyOf(firings);
  }

  static Watch opened(@Nullable Instant nextAt) {
    return new Watch(nextAt, null, List.of(), 0, 0, null, null, "", null);
  }

  public boolean has(ExecutionId child) {
    return firings.stream().anyMatch(f -> f.child().equals(child));
  }

  /** As people may see it. */
  public Watch withoutBodies() {
    return with(
        firings.stream()
            .map(f -> new Firing(f.child(), f.at(), null, f.isStarted()))
            .toList(),
        0,
        lastAt);
  }

  Watch next(@Nullable Instant at, int more) {
    return new Watch(
        at,
        notBefore,
        firings,
        fired,
        skipped + more,
        lastAt,
        lastSuccessAt,
        lastStatus,
        lastChild);
  }

  Watch pausedUntil(Instant at) {
    return new Watch(
        nextAt, at, firings, fired, skipped, lastAt, lastSuccessAt, lastStatus, lastChild);
  }

  Watch with(List<Firing> now, int more, @Nullable Instant at) {
    return new Watch(
        nextAt, notBefore, now, fired + more, skipped, at, lastSuccessAt, lastStatus, lastChild);
  }

  Watch ended(ExecutionId child, Status how, Instant at) {
    List<Firing> left = firings.stream().filter(f -> !f.child().equals(child)).toList();
    Instant success = how == Status.SUCCESS ? at : lastSuccessAt;
    return new Watch(nextAt, notBefore, left, fired, skipped, lastAt, success, how.text(), child);
  }
}
