package chatops.local.crash;

import chatops.engine.Cancelled;
import chatops.engine.VoteResult;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Person;
import chatops.engine.store.StoreException;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Somebody else comes in while a worker is at a place, at every place in turn. */
final class Interruptions {
  private static final Duration TURN = Duration.ofMinutes(5);

  private Interruptions() {}

  /** A cancel that was accepted is not forgotten, and does not wait for the end of a nap. */
  static List<String> cancels() {
    List<String> wrong = new ArrayList<>();
    try (CrashTest test = new CrashTest(0, 0)) {
      for (Scene.Play play : List.of(Plays.commands(), Plays.bulk())) {
        int places = test.play(play, new Cuts()).passed().size();
        for (int at = 1; at <= places; at++) {
          AtomicReference<Cancelled> answer = new AtomicReference<>(Cancelled.UNKNOWN);
          Instant[] asked = {Instant.MAX};
          Ending ending = test.visited(play, at, host -> {
            answer.set(host.engine().cancel(Plays.ID, Person.of("crowd:boss", "boss"), ""));
            asked[0] = host.now();
            host.engine().advance(Plays.ID, host.now().plus(TURN));
          });
          boolean isAccepted = answer.get() == Cancelled.REQUESTED;
          if (isAccepted && ending.at().isAfter(asked[0].plus(TURN))) {
            wrong.add(
                play.name() + " at " + at + ": cancelled " + asked[0] + ", ended " + ending.at());
          }
          for (String what : ending.watched()) {
            wrong.add(play.name() + " at " + at + ": " + what);
          }
          if (!ending.stuck().isEmpty()) {
            wrong.add(play.name() + " at " + at + ": " + ending.stuck());
          }
        }
      }
    }
    return wrong;
  }

  /** A second worker finds the first one's lease, and changes nothing. */
  static List<String> doubleWakes() {
    List<String> wrong = new ArrayList<>();
    try (CrashTest test = new CrashTest(0, 0)) {
      for (Scene.Play play : List.of(Plays.commands(), Plays.bulk(), Plays.deletions())) {
        Ending calm = test.play(play, new Cuts());
        Comparison comparison = new Comparison(calm);
        for (int twice = 2; twice <= 2 * calm.passed().size() + 1; twice++) {
          int at = twice / 2;
          // the second one goes through to the end, or has no time left and parks at once
          Duration time = twice % 2 == 0 ? TURN : Duration.ZERO;
          Ending ending = test.visited(
              play, at, host -> host.engine().advance(Plays.ID, host.now().plus(time)));
          for (String violation : comparison.violations(ending)) {
            wrong.add(play.name() + " at " + at + ": " + violation);
          }
          if (!ending.asked().isEmpty()) {
            wrong.add(play.name() + " at " + at + ": asked about a call whose sender lives");
          }
        }
      }
    }
    return wrong;
  }

  /** Whoever decides is told so, also when the store's answer is lost. */
  static List<String> lostVotes() {
    AtomicBoolean isLosing = new AtomicBoolean();
    World world = new World(new Boundaries(), (row, applied) -> {
      if (row.equals("execution") && applied && isLosing.compareAndSet(true, false)) {
        throw new StoreException("lost", new IllegalStateException("no answer"));
      }
    });
    world.template("bulk", Yaml.BULK_REBOOT).template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    world.cloud.instance("i-1", "Running");
    world.run("bulk", "{\"ids\":[\"i-1\"]}");

    isLosing.set(true);
    VoteResult.State state = world.vote(World.BO, Decision.APPROVE).state();
    return state == VoteResult.State.DECIDED ? List.of() : List.of("told: " + state);
  }
}
