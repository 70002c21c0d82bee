package chatops.local.demo;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One step of the demo while it plays: facts to tell, and checks that can fail it. */
final class Step {
  private static final Duration LOOK_EVERY = Duration.ofMillis(15);
  private static final Duration TELL_EVERY = Duration.ofSeconds(2);

  private final Narration narration;
  private final AtomicBoolean ok;

  Step(Narration narration, AtomicBoolean ok) {
    this.narration = narration;
    this.ok = ok;
  }

  boolean isOk() {
    return ok.get();
  }

  /** Tells a fact; several lines stay together. */
  void tell(String fact) {
    fact.lines().forEach(line -> narration.say("       " + line));
  }

  /** Quotes what a person sees in the chat. */
  void quote(String message) {
    message
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> narration.say("       │ " + line));
  }

  void fail(String what) {
    ok.set(false);
    narration.say("     ✗ " + what);
  }

  /** Fails the step unless {@code found} equals {@code expected}; the step goes on, so that one run tells all that is wrong. */
  void expect(String what, Object expected, Object found) {
    if (!Objects.equals(expected, found))
      fail(narration.texts().get("demo.expected", what, expected, found));
  }

  void claim(String what, boolean holds, Object found) {
    if (!holds) fail(narration.texts().get("demo.unlike", what, found));
  }

  /**
   * Waits for something another part of the machine brings about, telling every two seconds that it still waits.
   *
   * @throws StepFailure when it did not come within {@code limit}
   */
  <T> T await(String what, Duration limit, Supplier<Optional<T>> look) throws InterruptedException {
    long start = System.nanoTime();
    long told = start;
    while (true) {
      Optional<T> found = look.get();
      if (found.isPresent()) return found.get();
      long now = System.nanoTime();
      if (now - start > limit.toNanos()) {
        throw new StepFailure(narration.texts().get("demo.late", what, limit.toSeconds()));
      }
      if (now - told > TELL_EVERY.toNanos()) {
        told = now;
        narration.say(
            "       " + narration.texts().get("demo.waiting", what, (now - start) / 1_000_000_000));
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }
}
