package chatops.local.crash;

import chatops.engine.VoteResult;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Person;
import chatops.engine.execution.Vote;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Notice;
import chatops.engine.run.Executions;
import chatops.engine.run.Stored;
import chatops.engine.store.memory.InMemoryExecutionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;

/**
 * Fifty people, or hardly enough, on five hosts decide one approval at once, some of them twice or under two names, while somebody may
 * cancel. Who goes on after each write is chosen by the seed.
 */
final class Race implements Weather {
  static final int PEOPLE = 50;
  private static final Duration TURN = Duration.ofMinutes(5);
  private static final String TEMPLATE = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: ask
          Action: ACS::Approve
          Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: go}}, MinRequiredApprovals: %d}
        - Name: act
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand}
      """;

  private final Random random;
  private final int needed;
  private final Stage stage;
  private final InMemoryExecutionStore store;
  private final Executions executions;
  private final WitnessedCloud cloud;
  private final List<Host> hosts = new ArrayList<>();
  private final List<VoteResult.State> answers = new ArrayList<>();
  private boolean isCancelled;

  Race(long seed, ExecutorService threads) {
    random = new Random(seed);
    needed = 1 + random.nextInt(random.nextBoolean() ? 5 : 25);
    Scene scene = Plays.play("race", TEMPLATE.formatted(needed), "{}").open();
    stage = new Stage(scene.clock(), threads, ready -> random.nextInt(ready.size()));
    store = new InMemoryExecutionStore(
        scene.clock(),
        (row, applied) -> strikes(applied ? Place.ROW_AFTER : Place.ROW_BEFORE, row));
    executions = new Executions(store);
    cloud = new WitnessedCloud(scene.cloud(), scene.clock());
    Watch watch = new Watch(store, cloud, stage);
    for (int i = 0; i < 5; i++) {
      hosts.add(new Host("host-" + i, scene, store, cloud, watch, stage, this, Duration.ZERO));
    }
    Host first = hosts.get(0);
    stage.enter("start", () -> {
      first.engine().start(scene.wish());
      first.engine().advance(Plays.ID, first.now().plus(TURN));
    });
    stage.settle();
  }

  @Override
  public boolean strikes(Place place, String what) {
    stage.current();
    if (random.nextInt(3) == 0) {
      stage.giveWay();
    }
    return false;
  }

  @Override
  public void woken(ExecutionId id, Instant at, boolean isTwice) {}

  @Override
  public void told(Notice notice) {}

  private Execution execution() {
    return executions.load(Plays.ID).map(Stored::execution).orElseThrow();
  }

  /** What is wrong; empty when nothing is. */
  List<String> run() {
    String approval = execution().approvals().keySet().iterator().next();
    // few people have to press twice to get far, if that counted
    int people = random.nextBoolean() ? PEOPLE : needed + 2;
    for (int i = 0; i < people; i++) {
      Person person = Person.of("slack:T1/U" + i, "person-" + i);
      boolean isRejecting = random.nextInt(4 * PEOPLE) == 0;
      vote(approval, isRejecting ? Decision.REJECT : Decision.APPROVE, person, "a" + i);
      switch (random.nextInt(6)) {
        // the same press once more, another press, and the same person on another platform
        case 0 -> vote(approval, isRejecting ? Decision.REJECT : Decision.APPROVE, person, "a" + i);
        case 1 -> vote(approval, Decision.APPROVE, person, "b" + i);
        case 2 -> vote(approval, Decision.APPROVE, Person.of("ding:" + i, "person-" + i), "c" + i);
        default -> {}
      }
    }
    if (random.nextInt(3) == 0) {
      isCancelled = true;
      Host host = hosts.get(random.nextInt(hosts.size()));
      stage.enter("cancel", () -> {
        host.engine().cancel(Plays.ID, Person.of("slack:T1/U99", "boss"), "stop");
        host.engine().advance(Plays.ID, host.now().plus(TURN));
      });
    }
    Instant decided = stage.now();
    stage.settle();
    for (int minute = 0; minute < 10 && !isOver(); minute++) {
      stage.jump(stage.now().plus(Duration.ofMinutes(1)));
      Host host = hosts.get(random.nextInt(hosts.size()));
      stage.enter("sweep", () -> host.sweep(10, TURN));
      stage.settle();
    }
    return judged(approval, decided);
  }

  private boolean isOver() {
    return execution().status().isFinal();
  }

  private void vote(String approval, Decision decision, Person voter, String decisionId) {
    Host host = hosts.get(random.nextInt(hosts.size()));
    stage.enter("vote", () -> {
      VoteResult result = host.engine().vote(Plays.ID, approval, decision, voter, "", decisionId);
      answers.add(result.state());
      if (result.state() == VoteResult.State.DECIDED) {
        host.engine().advance(Plays.ID, host.now().plus(TURN));
      }
    });
  }

  private List<String> judged(String id, Instant decided) {
    List<String> wrong = new ArrayList<>();
    Execution end = execution();
    stage.failures().forEach(failure -> wrong.add("somebody failed: " + failure));
    if (!isOver()) {
      wrong.add("decided at " + decided + ", and still " + end.status() + " ten minutes later");
      return wrong;
    }
    Approval approval = Objects.requireNonNull(end.approvals().get(id));
    List<Vote> votes = approval.votes();
    for (int i = 0; i < votes.size(); i++) {
      for (int j = i + 1; j < votes.size(); j++) {
        if (votes.get(i).voter().isSameAs(votes.get(j).voter())) {
          wrong.add(votes.get(i).voter().name() + " was counted twice");
        }
      }
    }
    long effects = cloud.landed().size();
    long deciding = answers.stream().filter(a -> a == VoteResult.State.DECIDED).count();
    switch (approval.outcome()) {
      case APPROVED -> {
        if (approval.approvals() != needed) {
          wrong.add("approved by " + approval.approvals() + " of " + needed);
        }
        if (deciding != 1) {
          wrong.add(deciding + " people were told that they decided");
        }
        if (effects != 1 && !(isCancelled && effects == 0)) {
          wrong.add("approved, and done " + effects + " times");
        }
      }
      case REJECTED, WITHDRAWN, EXPIRED -> {
        long told = approval.outcome() == Approval.Outcome.REJECTED ? 1 : 0;
        if (deciding != told) {
          wrong.add(approval.outcome() + ": " + deciding + " people were told that they decided");
        }
        if (effects != 0) {
          wrong.add(approval.outcome() + ", and done " + effects + " times");
        }
      }
      case OPEN -> wrong.add("still open although " + end.status());
    }
    return wrong;
  }

  void close() {
    stage.close();
  }
}
