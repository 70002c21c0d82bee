package chatops.local.crash;

import chatops.cloudsim.clock.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Actors in threads of which exactly one runs at any time, on a clock that jumps when nobody can go on. Who goes on is
 * the director's choice, so a round is repeated exactly by repeating the choices. A halted actor's thread stands where
 * it was until {@link #close}: none of its code runs, no finally, no close.
 */
final class Stage implements AutoCloseable {
  private static final long MOST_LOOKS = 100_000;

  private record Event(Instant due, long order, Runnable work) {}

  private final SettableClock clock;
  private final ExecutorService threads;
  private final ToIntFunction<List<Actor>> director;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Actor> halted = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final PriorityQueue<Event> agenda =
      new PriorityQueue<>(Comparator.comparing(Event::due).thenComparing(Event::order));
  private final Semaphore driver = new Semaphore(0);
  private final Thread owner = Thread.currentThread();
  private @Nullable Actor current;
  private long order;
  private boolean isOver;
  private long looks;

  /**
   * @param threads lends a thread for each actor; must not bound their number
   * @param director picks one of those that can go on
   */
  Stage(SettableClock clock, ExecutorService threads, ToIntFunction<List<Actor>> director) {
    this.clock = clock;
    this.threads = threads;
    this.director = director;
  }

  Instant now() {
    return clock.instant();
  }

  /** Somebody begins to work at the next opportunity. */
  Actor enter(String name, Runnable work) {
    Actor actor = new Actor(name, work);
    actors.add(actor);
    return actor;
  }

  /** Something happens at an instant, in the driver's thread. */
  void at(Instant due, Runnable work) {
    agenda.add(new Event(due, order++, work));
  }

  /** When the next thing happens if nobody goes on before; null when nothing will. */
  @Nullable
  Instant next() {
    Instant next = agenda.isEmpty() ? null : agenda.peek().due();
    for (Actor actor : actors) {
      Instant until = actor.until();
      next = until != null && (next == null || until.isBefore(next)) ? until : next;
    }
    return next;
  }

  /** Lets everybody go on until nobody can at this instant. */
  void settle() {
    looks = 0;
    while (true) {
      takeDue();
      List<Actor> ready = actors.stream().filter(actor -> actor.isReady(now())).toList();
      if (ready.isEmpty()) {
        return;
      }
      lead(ready.size() == 1 ? ready.get(0) : ready.get(director.applyAsInt(ready)));
    }
  }

  void jump(Instant to) {
    clock.moveTo(to);
  }

  private void takeDue() {
    while (!agenda.isEmpty() && !agenda.peek().due().isAfter(now())) {
      agenda.remove().work().run();
    }
  }

  private void lead(Actor actor) {
    current = actor;
    boolean isNew = !actor.isBegun();
    if (isNew) {
      threads.execute(() -> {
        actor.stand();
        actor.play();
        driver.release();
      });
    }
    actor.go();
    driver.acquireUninterruptibly();
    current = null;
    if (actor.state() == Actor.State.ENDED) {
      actors.remove(actor);
      if (actor.failure() != null) {
        failed(actor.failure());
      }
    } else if (actor.state() == Actor.State.HALTED) {
      actors.remove(actor);
      halted.add(actor);
    }
  }

  /**
   * In an actor's thread: somebody looks at a clock.
   *
   * @throws IllegalStateException when that has happened so often that somebody must be going round in circles
   */
  Instant look() {
    if (++looks > MOST_LOOKS) {
      throw new IllegalStateException("somebody goes round in circles");
    }
    return now();
  }

  /** Whether the calling thread drives this stage and is no actor: it sets up what actors use. */
  boolean isSettingUp() {
    return !isOver && Thread.currentThread() == owner;
  }

  /** The actor that has the baton. */
  Actor current() {
    if (isOver || current == null || !current.isHere()) {
      throw new Halted("somebody");
    }
    return current;
  }

  /** In an actor's thread: lets the director choose who goes on. */
  void giveWay() {
    giveBack(current());
  }

  /** In an actor's thread: goes on at an instant, or as soon as the condition holds. */
  void sleep(Instant until, BooleanSupplier orWhen) {
    Actor actor = current();
    if (now().isBefore(until) && !orWhen.getAsBoolean()) {
      actor.asleep(until, orWhen);
      giveBack(actor);
    }
  }

  /** In an actor's thread: the process ends here. Returns never; after {@link #close} the thread unwinds. */
  Halted halt() {
    Actor actor = current();
    actor.halted();
    giveBack(actor);
    return new Halted(actor.name());
  }

  private void giveBack(Actor actor) {
    driver.release();
    actor.stand();
    if (isOver || actor.state() == Actor.State.HALTED) {
      throw new Halted(actor.name());
    }
  }

  /** Something failed that its actor goes on after. */
  void failed(Throwable failure) {
    failures.add(failure);
  }

  /** What actors' work threw, or told. */
  List<Throwable> failures() {
    return failures;
  }

  /** How many threads stand where they were halted. */
  int standing() {
    return halted.size();
  }

  /** Halts everybody of this name who stands somewhere: their process ended. */
  void haltAll(String name) {
    for (Actor actor : List.copyOf(actors)) {
      if (actor.name().equals(name) && actor != current) {
        actor.halted();
        actors.remove(actor);
        halted.add(actor);
      }
    }
  }

  /** Takes the threads of halted actors back; what they unwind through finds every port shut. */
  void reap() {
    for (Actor actor : halted) {
      if (actor.isBegun()) {
        actor.go();
        driver.acquireUninterruptibly();
      }
    }
    halted.clear();
  }

  /** The round is over and judged: threads that stand somewhere unwind, on ports that are shut. */
  @Override
  public void close() {
    isOver = true;
    halted.addAll(actors);
    actors.clear();
    reap();
  }
}
