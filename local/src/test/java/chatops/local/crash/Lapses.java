package chatops.local.crash;

import chatops.engine.VoteResult;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Approval.AtExpiry;
import chatops.engine.execution.Decision;
import chatops.engine.policy.Policy;
import chatops.engine.run.Settings;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.Crash;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What the passing of time does: approvals expire, executions that ended long ago are deleted. */
final class Lapses {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: ask
          Action: ACS::Approve
          Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: go}}}
        - Name: command
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand}
      """;
  private static final String LARGE = """
      FormatVersion: OOS-2019-06-01
      Parameters: {text: {Type: String}}
      Tasks:
        - {Name: nap, Action: ACS::Sleep, Properties: {Duration: PT1S}}
      Outputs:
        text: {Type: String, Value: '{{ text }}'}
      """;

  private Lapses() {}

  /** A vote counts before the expiry and not after it, also while the expiry is being written: whoever is told so is right. */
  static List<String> votesBesideExpiry() {
    List<String> wrong = new ArrayList<>();
    for (int seconds : new int[] {-60, -1, 0, 1, 30}) {
      World world = asked();
      world.clock.advance(LIFE.plusSeconds(seconds));
      check(
          world,
          world.vote(World.BO, Decision.APPROVE).state(),
          seconds,
          "before the sweep",
          wrong);
    }
    for (int write = 1; write <= 4; write++) {
      for (int seconds : new int[] {-1, 1}) {
        duringExpiry(write, seconds, wrong);
      }
    }
    return wrong;
  }

  /** Somebody with a clock of his own votes while the n-th row of the expiry is about to be written. */
  private static void duringExpiry(int write, int seconds, List<String> wrong) {
    int[] writes = {0};
    AtomicReference<World> voting = new AtomicReference<>();
    AtomicReference<VoteResult.State> told = new AtomicReference<>();
    World world = new World(new Boundaries(), (row, applied) -> {
      World in = voting.get();
      if (in != null && row.equals("execution") && !applied && ++writes[0] == write) {
        voting.set(null);
        Duration skew = Duration.ofSeconds(seconds);
        in.clock.advance(skew);
        told.set(in.vote(World.BO, Decision.APPROVE).state());
        in.clock.advance(skew.negated());
      }
    });
    ask(world);
    world.clock.advance(LIFE);
    voting.set(world);
    world.drive();
    if (told.get() != null) {
      check(world, told.get(), seconds, "while row " + write + " is written", wrong);
    }
  }

  private static World asked() {
    World world = new World();
    ask(world);
    return world;
  }

  private static void ask(World world) {
    Policy policy = new Policy(LIFE, AtExpiry.REJECT, null, null, null);
    world
        .settings(
            Settings.defaults().withInProcessWait(Duration.ZERO).withPolicies(template -> policy))
        .template("ask", ASK);
    world.run("ask", "{}");
  }

  private static void check(
      World world, VoteResult.State told, int seconds, String when, List<String> wrong) {
    ExecutionView end = world.drive();
    boolean isDecided = told == VoteResult.State.DECIDED;
    Approval.Outcome outcome = end.approvals().get(0).outcome();
    String what = "a vote " + seconds + " s from the expiry, " + when + ", was told " + told
        + "; the approval is " + outcome + ", the execution " + end.status() + ", done: "
        + world.cloud.effects();
    boolean isGranted = outcome == Approval.Outcome.APPROVED;
    boolean isDone = end.status().equals("Success") && world.cloud.effects().size() == 1;
    boolean isNothing =
        end.status().equals("Cancelled") && world.cloud.effects().isEmpty();
    if (isDecided != isGranted || !(isDecided ? isDone : isNothing)) {
      wrong.add(what);
    }
    if (isDecided && seconds >= 0) {
      wrong.add(what + ": it came too late");
    }
  }

  /** A stop that was throttled for long, and left, is an hour old when another process finds it: it must not stop anew. */
  static List<String> throttledStops() {
    String stop =
        "FormatVersion: OOS-2019-06-01\nTasks: [{Name: stop, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StopInstance, Parameters: {InstanceId: i-1}}}]\n";
    List<String> wrong = new ArrayList<>();
    for (int cut = 1; cut < 60; cut++) {
      World world = new World(new Boundaries(cut))
          .settings(Settings.defaults().withInProcessWait(Duration.ofMinutes(1)))
          .template("stop", stop);
      world.cloud.instance("i-1", "Running");
      world.cloud.throttle("StopInstance", 4);
      try {
        world.run("stop", "{}");
        return wrong;
      } catch (Crash crash) {
        world.restart();
      }
      if (world.engine().find(World.ID).isPresent() && world.cloud.count("StopInstance") == 1) {
        world.clock.advance(Duration.ofHours(1));
        world.cloud.instance("i-1", "Running");
        ExecutionView view = world.drive();
        if (world.cloud.count("StopInstance") > 1) {
          wrong.add("cut at " + world.boundaries.name(cut) + ": stopped again, " + view.status());
        }
      }
    }
    return wrong;
  }

  /** Wherever a deletion is cut off, the execution is either there as it was, or gone. */
  static List<String> deletions() {
    List<String> wrong = new ArrayList<>();
    World calm = ended(new Boundaries());
    int first = calm.boundaries.count();
    calm.sweep();
    int last = calm.boundaries.count();
    for (int cut = first + 1; cut <= last; cut++) {
      World world = ended(new Boundaries(cut));
      try {
        world.sweep();
      } catch (Crash crash) {
        world.restart();
      }
      String where = "cut at " + world.boundaries.name(cut) + ": ";
      try {
        world.engine().find(World.ID).ifPresent(view -> {
          if (view.outputs().path("text").asText().length() != 20_000) {
            wrong.add(where + "outputs are lost: " + view.outputs());
          }
        });
        world.all();
      } catch (RuntimeException unreadable) {
        wrong.add(where + unreadable.getMessage());
      }
      world.clock.advance(Duration.ofHours(2));
      world.sweep();
      if (world.store.load(World.ID).isPresent()) {
        wrong.add(where + "the row stays for ever");
      }
    }
    return wrong;
  }

  private static World ended(Boundaries boundaries) {
    World world = new World(boundaries)
        .settings(
            Settings.defaults().withInProcessWait(Duration.ZERO).withRetention(Duration.ofDays(30)))
        .template("large", LARGE);
    world.run("large", "{\"text\":\"" + "x".repeat(20_000) + "\"}");
    world.clock.advance(Duration.ofDays(31));
    return world;
  }
}
