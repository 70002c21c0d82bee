package chatops.local.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the places a round comes through, and says at which of them it is cut. */
final class Cuts {
  private final @Nullable Duration stall;
  private final Set<Integer> wanted;
  private final List<Boundary> passed = new ArrayList<>();
  private final List<Boundary> made = new ArrayList<>();

  /** Halts. */
  Cuts(Integer... wanted) {
    this(null, wanted);
  }

  /** @param stall how long the worker stands still before it goes on as if nothing had happened; null halts it */
  Cuts(@Nullable Duration stall, Integer... wanted) {
    this.stall = stall;
    this.wanted = Set.of(wanted);
  }

  @Nullable
  Duration stall() {
    return stall;
  }

  /** @return whether to cut here */
  boolean at(Place place, String what) {
    Boundary boundary = new Boundary(passed.size() + 1, place, what);
    passed.add(boundary);
    boolean isHere = wanted.contains(boundary.number());
    if (isHere) {
      made.add(boundary);
    }
    return isHere;
  }

  /** Cuts that were made; fewer than wanted when the round ended before. */
  List<Boundary> made() {
    return made;
  }

  List<Boundary> passed() {
    return passed;
  }
}
