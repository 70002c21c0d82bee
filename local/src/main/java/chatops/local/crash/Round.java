package chatops.local.crash;

import chatops.engine.execution.Execution;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Notice;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Executions;
import chatops.engine.run.Stored;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.memory.InMemoryExecutionStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One template played from its start to its end, cut where wanted. Whoever is halted is followed by a new process that
 * knows nothing but the store; nothing drives the execution but its wake-ups, the sweep of every minute, and people.
 */
final class Round implements Weather {
  private static final Duration TURN = Duration.ofMinutes(5);
  private static final int MOST_LOOKS = 3_000;
  private static final int MOST_PLACES = 20_000;
  private static final Duration LONGEST = Duration.ofDays(400);
  private static final ExecutionQuery ALL = new ExecutionQuery(null, null, null, null, 1000);

  private final Scene scene;
  private final Cuts cuts;
  private final Stage stage;
  private final InMemoryExecutionStore store;
  private final Executions executions;
  private final WitnessedCloud cloud;
  private final Watch watch;
  private final Crowd crowd;
  private final Set<String> hooks = new TreeSet<>();
  private Host host;
  private Consumer<Host> visit = unused -> {};
  private int visitAt;
  private int hosts;
  private int told;
  private int givesWayAfter;
  private int givesWayIn;
  private boolean isGivingWay;
  private Instant sweptAt = Instant.EPOCH;

  Round(Scene scene, Cuts cuts, ExecutorService threads) {
    this.scene = new Scene(
        scene.clock(),
        scene.wish(),
        scene.templates(),
        scene.cloud(),
        call -> hooked(scene, call),
        scene.settings());
    this.cuts = cuts;
    this.stage = new Stage(scene.clock(), threads, ready -> isGivingWay ? ready.size() - 1 : 0);
    this.store = new InMemoryExecutionStore(scene.clock(), this::row);
    this.executions = new Executions(store);
    this.cloud = new WitnessedCloud(scene.cloud(), scene.clock());
    this.watch = new Watch(store, cloud, stage);
    this.crowd = new Crowd(executions, cloud, stage, work -> enter(host, work));
    this.host = next();
  }

  private Host next() {
    return new Host("host-" + ++hosts, scene, store, cloud, watch, stage, this, Duration.ZERO);
  }

  private void row(String row, boolean applied) {
    if (strikes(applied ? Place.ROW_AFTER : Place.ROW_BEFORE, row)) {
      throw stage.halt();
    }
  }

  private Outbound.HttpAnswer hooked(Scene given, Outbound.HttpCall call) {
    hooks.add(
        call.method() + " " + call.uri() + " " + new String(call.body(), StandardCharsets.UTF_8));
    return given.outbound().send(call);
  }

  private void enter(Host on, Consumer<Host> work) {
    stage.enter(on.name(), () -> work.accept(on));
  }

  @Override
  public boolean strikes(Place place, String what) {
    stage.current();
    if (cuts.passed().size() > MOST_PLACES) {
      throw new IllegalStateException("more than " + MOST_PLACES + " places, it never ends");
    }
    if (cuts.at(place, what)) {
      if (cuts.stall() != null) {
        host = next();
        stage.sleep(stage.now().plus(cuts.stall()), () -> false);
        return false;
      }
      if (place.isHalt()) {
        host = next();
      } else if (place == Place.WAKE_DOUBLED) {
        givesWayAfter = 1 + cuts.passed().size() % 7;
      }
      return true;
    }
    if (cuts.passed().size() == visitAt) {
      isGivingWay = true;
      enter(next(), visit);
      stage.giveWay();
    } else if (givesWayIn > 0 && --givesWayIn == 0) {
      isGivingWay = true;
      stage.giveWay();
    }
    return false;
  }

  @Override
  public void woken(ExecutionId id, Instant at, boolean isTwice) {
    stage.at(at, () -> {
      advance(host, id);
      if (isTwice) {
        givesWayIn = givesWayAfter;
        advance(next(), id);
      }
    });
  }

  private void advance(Host on, ExecutionId id) {
    enter(on, h -> h.engine().advance(id, h.now().plus(TURN)));
  }

  @Override
  public void told(Notice notice) {
    if (notice instanceof Notice.Ended
        && notice.envelope().execution().equals(scene.wish().id())) {
      told++;
    }
  }

  /** Another process does something while the worker is at a place; the worker goes on after it. */
  Round visited(int at, Consumer<Host> by) {
    visitAt = at;
    visit = by;
    return this;
  }

  /** Plays to the end. The round stays as it is until {@link #close}. */
  Ending play() {
    String stuck = "it does not come to rest";
    Instant latest = stage.now().plus(LONGEST);
    for (int look = 0; look < MOST_LOOKS && stage.now().isBefore(latest); look++) {
      stage.settle();
      List<Execution> all = store.list(ALL).stream()
          .map(executions::stored)
          .map(Stored::execution)
          .toList();
      if (all.isEmpty()) {
        // a start that got no answer is delivered again
        enter(host, h -> {
          h.engine().start(scene.wish());
          h.engine().advance(scene.wish().id(), h.now().plus(TURN));
        });
        continue;
      }
      if (all.stream()
          .filter(e -> !e.status().isFinal())
          .map(crowd::act)
          .toList()
          .contains(true)) {
        continue;
      }
      Instant swept = sweep(all);
      Instant next = stage.next();
      if (swept == null && next == null) {
        stuck = all.stream().allMatch(Round::isOver) ? "" : "nothing will ever wake it up";
        break;
      }
      if (swept != null && (next == null || swept.isBefore(next))) {
        stage.jump(swept);
        sweptAt = swept;
        enter(host, h -> h.sweep(100, TURN));
      } else if (next != null) {
        stage.jump(next);
      }
    }
    return ending(stuck);
  }

  private static boolean isOver(Execution execution) {
    return execution.status().isFinal() && execution.untold().isEmpty();
  }

  /** When the sweep next finds something: the first full minute after a row is due. */
  private @Nullable Instant sweep(List<Execution> all) {
    Instant due = null;
    for (Execution execution : all) {
      Instant wakeAt = execution.wakeAt();
      due = wakeAt != null && (due == null || wakeAt.isBefore(due)) ? wakeAt : due;
    }
    if (due == null) {
      return null;
    }
    Instant from = due.isBefore(sweptAt.plusMillis(1)) ? sweptAt.plusMillis(1) : due;
    from = from.isBefore(stage.now()) ? stage.now() : from;
    Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
    return minute.equals(from) ? from : minute.plus(1, ChronoUnit.MINUTES);
  }

  private Ending ending(String stuck) {
    stage.failures().forEach(failure -> watch.saw("a worker failed: " + failure));
    Trails.violations(store, cloud.landed()).forEach(watch::saw);
    Execution end = executions.load(scene.wish().id()).map(Stored::execution).orElse(null);
    return new Ending(
        end == null ? "" : end.status().text(),
        end == null ? "" : end.statusMessage(),
        end == null ? null : end.outputs(),
        end == null || end.endedAt() == null ? stage.now() : end.endedAt(),
        new ArrayList<>(cloud.landed()),
        crowd.asked(),
        hooks,
        told,
        watch.violations(),
        stuck,
        cuts.passed(),
        cuts.made());
  }

  /** How many halted threads stand where they were cut. */
  int standing() {
    return stage.standing();
  }

  /** Takes the threads back. */
  void close() {
    stage.close();
  }
}
