package chatops.cloudsim.assistant;

import chatops.cloudsim.ecs.Fleet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Runs nothing: every script ends by the clock with the answer that was laid down for it, or with exit code 0 and a line that says so. Thread-safe.
 */
public final class PlayedGuest implements Guest {
  private static final Duration USUAL = Duration.ofSeconds(1);

  /**
   * How a script that is not run ends.
   *
   * @param took how long it seems to run; longer than its timeout ends as a timeout does
   */
  public record Play(int exitCode, String output, Duration took) {
    public static Play exit(int exitCode, String output) {
      return new Play(exitCode, output, USUAL);
    }

    public Play after(Duration duration) {
      return new Play(exitCode, output, duration);
    }
  }

  private record Rule(Predicate<Script> applies, String instanceId, Play play) {}

  private final InstantSource clock;
  private final String reason;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /** @param reason why scripts are not run, for the line that says so */
  public PlayedGuest(InstantSource clock, String reason) {
    this.clock = clock;
    this.reason = reason;
  }

  /** Lays down an answer on every instance; of several that apply the newest counts. */
  public void answer(Predicate<Script> applies, Play play) {
    answer("", applies, play);
  }

  /** Lays down an answer on one instance. */
  public void answer(String instanceId, Predicate<Script> applies, Play play) {
    rules.add(0, new Rule(applies, instanceId, play));
  }

  @Override
  public Process start(Fleet.Sight instance, Script script) {
    Play play = rules.stream()
        .filter(rule -> rule.instanceId().isEmpty() || rule.instanceId().equals(instance.id()))
        .filter(rule -> rule.applies().test(script))
        .map(Rule::play)
        .findFirst()
        .orElseGet(() -> Play.exit(
            0, "simulated: the script was not run on " + instance.id() + " (" + reason + ")\n"));
    return new Played(play, clock.instant(), script.timeout());
  }

  @Override
  public Optional<Ending> send(Fleet.Sight instance, SentFile file, Instant now) {
    return Optional.empty();
  }

  private static final class Played implements Process {
    private final Play play;
    private final Instant endsAt;
    private final boolean isLate;

    Played(Play play, Instant startedAt, Duration timeout) {
      this.play = play;
      isLate = play.took().compareTo(timeout) > 0;
      endsAt = startedAt.plus(isLate ? timeout : play.took());
    }

    @Override
    public Optional<Ending> ended(Instant now) {
      if (now.isBefore(endsAt)) {
        return Optional.empty();
      }
      return Optional.of(
          isLate
              ? Ending.of(Trouble.EXECUTION_TIMEOUT, "", endsAt)
              : Ending.exit(play.exitCode(), endsAt));
    }

    @Override
    public Optional<Instant> endsAt() {
      return Optional.of(endsAt);
    }

    @Override
    public Output output(Instant now) {
      return Output.of(
          now.isBefore(endsAt) ? new byte[0] : play.output().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void stop() {
      // its end is a matter of the clock alone
    }
  }
}
