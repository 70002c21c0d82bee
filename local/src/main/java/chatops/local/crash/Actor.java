package chatops.local.crash;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One thread of control on a {@link Stage}: it runs only while it has the baton. */
final class Actor {
  /** Where it stands. */
  enum State {
    /** Goes on when it gets the baton. */
    READY,
    /** Goes on at an instant, or earlier when something is there for it. */
    ASLEEP,
    /** Never goes on. */
    HALTED,
    ENDED
  }

  private final String name;
  private final Runnable work;
  private final Semaphore baton = new Semaphore(0);
  private State state = State.READY;
  private @Nullable Instant until;
  private BooleanSupplier isWanted = () -> false;
  private @Nullable Throwable failure;
  private @Nullable Thread thread;

  Actor(String name, Runnable work) {
    this.name = name;
    this.work = work;
  }

  String name() {
    return name;
  }

  State state() {
    return state;
  }

  boolean isBegun() {
    return thread != null;
  }

  /** Whether the calling thread is this actor's. */
  boolean isHere() {
    return thread == Thread.currentThread();
  }

  /** What its work threw; null while it runs, when it ended well, and when it was halted. */
  @Nullable
  Throwable failure() {
    return failure;
  }

  /** When it wants to go on at the latest; null unless asleep. */
  @Nullable
  Instant until() {
    return state == State.ASLEEP ? until : null;
  }

  boolean isReady(Instant now) {
    boolean isDue = until != null && !now.isBefore(until);
    return state == State.READY || (state == State.ASLEEP && (isDue || isWanted.getAsBoolean()));
  }

  void asleep(Instant latest, BooleanSupplier earlierWhen) {
    state = State.ASLEEP;
    until = latest;
    isWanted = earlierWhen;
  }

  void halted() {
    state = State.HALTED;
  }

  /** In the actor's thread: plays until the work is over. */
  void play() {
    thread = Thread.currentThread();
    try {
      work.run();
    } catch (Halted over) {
      return;
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    state = State.ENDED;
  }

  void go() {
    if (state == State.ASLEEP) {
      state = State.READY;
      until = null;
    }
    baton.release();
  }

  void stand() {
    baton.acquireUninterruptibly();
  }
}
