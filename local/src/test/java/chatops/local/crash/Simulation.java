package chatops.local.crash;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Call;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.execution.TaskExecution;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.notice.Notice;
import chatops.engine.run.Executions;
import chatops.engine.run.Stored;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.StoreException;
import chatops.engine.store.memory.InMemoryExecutionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of virtual time with everything that goes wrong, from one seed: two to five hosts whose clocks differ by up to
 * ten minutes each way and that die anywhere, a store that is slow, fails, and loses answers, calls and replies that get
 * lost, wake-ups that are lost, doubled and late, starts that are delivered twice, people who press twice.
 */
final class Simulation implements Weather {
  private static final Duration TURN = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofDays(2);

  private final Random random;
  private final Stage stage;
  private final InMemoryExecutionStore store;
  private final Executions executions;
  private final Scene scene;
  private final WitnessedCloud cloud;
  private final Watch watch;
  private final List<Host> hosts = new ArrayList<>();
  private final Map<ExecutionId, SimulatedWish> open = new LinkedHashMap<>();
  private final Set<String> approached = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private final CRC32 trace = new CRC32();
  private Instant sweptAt = Instant.EPOCH;
  private boolean isStarting;
  private int hostsEver;
  private int deaths;
  private int starts;
  private long steps;
  private int asked;

  Simulation(long seed, ExecutorService threads) {
    random = new Random(seed);
    scene = SimulatedWish.scene();
    stage = new Stage(scene.clock(), threads, ready -> random.nextInt(ready.size()));
    store = new InMemoryExecutionStore(scene.clock(), this::row);
    executions = new Executions(store);
    cloud = new WitnessedCloud(scene.cloud(), scene.clock());
    watch = new Watch(store, cloud, stage);
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      hosts.add(host());
    }
  }

  private Host host() {
    Duration skew = Duration.ofSeconds(random.nextInt(1201) - 600L);
    isStarting = true;
    Host host = new Host("host-" + ++hostsEver, scene, store, cloud, watch, stage, this, skew);
    isStarting = false;
    return host;
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  private void note(String what) {
    steps++;
    trace.update(
        (stage.now() + " " + what + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public boolean strikes(Place place, String what) {
    Actor actor = stage.current();
    note(actor.name() + " " + place + " " + what);
    if (oneIn(8)) {
      stage.giveWay();
    }
    return switch (place) {
      case CALL_LOST, REPLY_LOST -> {
        if (oneIn(20)) {
          stage.sleep(stage.now().plusSeconds(random.nextInt(14)), () -> false);
        }
        yield oneIn(40);
      }
      case WAKE_LOST, WAKE_DOUBLED -> oneIn(8);
      default -> oneIn(250) && dies(actor.name());
    };
  }

  private boolean dies(String name) {
    deaths++;
    note(name + " dies");
    hosts.removeIf(host -> host.name().equals(name));
    stage.haltAll(name);
    hosts.add(host());
    return true;
  }

  private void row(String row, boolean applied) {
    if (stage.isSettingUp()) {
      return;
    }
    if (strikes(applied ? Place.ROW_AFTER : Place.ROW_BEFORE, row)) {
      throw stage.halt();
    }
    storing();
  }

  @Override
  public void storing() {
    if (isStarting) {
      return;
    }
    if (oneIn(300)) {
      stage.sleep(stage.now().plusSeconds(1 + random.nextInt(30)), () -> false);
    }
    if (oneIn(400)) {
      throw new StoreException("simulated", new IllegalStateException("the store does not answer"));
    }
  }

  @Override
  public void woken(ExecutionId id, Instant at, boolean isTwice) {
    for (int times = isTwice ? 2 : 1; times > 0; times--) {
      stage.at(at.plusSeconds(oneIn(3) ? random.nextInt(300) : 0), () -> advance(id));
    }
  }

  private void advance(ExecutionId id) {
    enter(host -> host.engine().advance(id, host.now().plus(TURN)));
  }

  @Override
  public void told(Notice notice) {}

  private void enter(Consumer<Host> work) {
    Host host = hosts.get(random.nextInt(hosts.size()));
    stage.enter(host.name(), () -> work.accept(host));
  }

  /** Lets the time pass, with a start every now and then, until everything has ended. */
  void run(Duration time, Duration meanPause) {
    Instant end = stage.now().plus(time);
    Instant nextStart = stage.now();
    while (stage.now().isBefore(end) || !open.isEmpty()) {
      stage.settle();
      if (stage.standing() > 20) {
        stage.reap();
      }
      List.copyOf(open.keySet()).forEach(this::look);
      Instant next = stage.next();
      Instant sweep = sweep();
      boolean mayStart = nextStart.isBefore(end);
      if (mayStart
          && (next == null || nextStart.isBefore(next))
          && (sweep == null || nextStart.isBefore(sweep))) {
        stage.jump(nextStart);
        begin();
        nextStart = nextStart.plusSeconds(1 + random.nextInt((int) (2 * meanPause.toSeconds())));
      } else if (sweep != null && (next == null || sweep.isBefore(next))) {
        stage.jump(sweep);
        sweptAt = sweep;
        enter(host -> host.sweep(50, TURN));
      } else if (next != null) {
        stage.jump(next);
      } else if (!mayStart) {
        open.keySet().forEach(id -> violations.add(id + " will never be woken"));
        break;
      }
    }
    violations.addAll(watch.violations());
  }

  /** The next full minute at which some row is due, by the slowest clock. */
  private @Nullable Instant sweep() {
    Optional<Instant> due = open.keySet().stream()
        .flatMap(id -> store.load(id).stream())
        .map(ExecutionRow::wakeAt)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder());
    if (due.isEmpty()) {
      return null;
    }
    Instant from = due.get().isAfter(stage.now()) ? due.get() : stage.now();
    Instant minute = from.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    return minute.isAfter(sweptAt) ? minute : sweptAt.plus(1, ChronoUnit.MINUTES);
  }

  private void begin() {
    SimulatedWish wish = SimulatedWish.next(++starts, random, scene, stage.now());
    open.put(wish.id(), wish);
    for (int times = oneIn(4) ? 3 : 1; times > 0; times--) {
      deliver(wish, stage.now().plusSeconds(times == 1 ? 0 : random.nextInt(600)));
    }
    if (wish.cancelledAt() != null) {
      stage.at(
          wish.cancelledAt(),
          () -> enter(host ->
              host.engine().cancel(wish.id(), Person.of("crowd:boss", "boss"), "simulated")));
    }
  }

  private void deliver(SimulatedWish wish, Instant at) {
    stage.at(
        at,
        () -> enter(host -> {
          host.engine().start(wish.start());
          host.engine().advance(wish.id(), host.now().plus(TURN));
        }));
  }

  private void look(ExecutionId id) {
    SimulatedWish wish = Objects.requireNonNull(open.get(id));
    Optional<Execution> there = executions.load(id).map(Stored::execution);
    if (there.isEmpty()) {
      // whoever delivers gets no answer and delivers again
      if (approached.add(id + " again " + stage.now().truncatedTo(ChronoUnit.MINUTES))) {
        deliver(wish, stage.now().plusSeconds(90));
      }
      return;
    }
    Execution execution = there.get();
    if (execution.status().isFinal() && execution.untold().isEmpty()) {
      open.remove(id);
      wish.violations(execution, cloud.landed()).forEach(violations::add);
      cloud.landed().removeIf(landed -> wish.isOf(landed));
      store.delete(id);
      return;
    }
    if (stage.now().isAfter(wish.latest().plus(PATIENCE))) {
      violations.add(id + " should have ended by " + wish.latest() + ": " + execution.status());
      open.remove(id);
    }
    for (Approval approval : execution.approvals().values()) {
      if (approval.isOpen()
          && approached.add(approval.id()
              + approval.votes().size()
              + stage.now().truncatedTo(ChronoUnit.HOURS))) {
        press(execution, approval);
      }
    }
    for (Question question : execution.questions().values()) {
      String hour = question.id() + stage.now().truncatedTo(ChronoUnit.HOURS);
      if (question.answer() == null && approached.add(hour)) {
        asked++;
        stage.at(
            stage.now().plusSeconds(30 + random.nextInt(1500)), () -> answer(id, question.id()));
      }
    }
  }

  private void press(Execution execution, Approval approval) {
    for (int i = 0; i < approval.needed() + 1; i++) {
      Person person = Person.of("crowd:approver-" + i, "approver-" + i);
      for (int times = oneIn(3) ? 2 : 1; times > 0; times--) {
        stage.at(
            stage.now().plusSeconds(30 + random.nextInt(2400)),
            () -> enter(host -> {
              host.engine()
                  .vote(
                      execution.id(),
                      approval.id(),
                      Decision.APPROVE,
                      person,
                      "",
                      "d" + person.id());
              host.engine().advance(execution.id(), host.now().plus(TURN));
            }));
      }
    }
  }

  private void answer(ExecutionId id, String questionId) {
    Execution execution = executions.load(id).map(Stored::execution).orElse(null);
    Question question = execution == null ? null : execution.questions().get(questionId);
    if (execution == null || question == null || question.answer() != null) {
      return;
    }
    Call call = executions.tasks(execution, TaskPath.ROOT).stream()
        .filter(task -> task.path().equals(question.path()))
        .map(TaskExecution::call)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
    boolean hasHappened = call != null
        && cloud.landed().stream().anyMatch(landed -> landed.request().equals(call.request()));
    Question.Answer answer = hasHappened ? Question.Answer.SKIP : Question.Answer.RETRY;
    enter(host -> {
      host.engine().decideOutcome(id, questionId, answer, Person.of("crowd:operator", "operator"));
      host.engine().advance(id, host.now().plus(TURN));
    });
  }

  List<String> violations() {
    return violations;
  }

  /** The same for the same seed. */
  String hash() {
    return Long.toHexString(trace.getValue()) + "-" + steps;
  }

  String figures() {
    return "executions=" + starts + " hostDeaths=" + deaths + " steps=" + steps + " questions="
        + asked;
  }

  void close() {
    stage.close();
  }
}
