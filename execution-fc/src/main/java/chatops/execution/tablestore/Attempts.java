package chatops.execution.tablestore;

import chatops.engine.store.StoreException;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.TableStoreException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tries calls again as long as that can help: by the kind of error, with growing random pauses, within a budget of time per
 * operation. The SDK's own retries are off, because it cannot know which of our writes may be repeated. Thread-safe.
 */
final class Attempts {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(640);

  /** Waits; a test's may only count. */
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  private final Duration budget;
  private final Pause pause;
  private final RandomGenerator random;

  /** @param random must be thread-safe */
  Attempts(Duration budget, Pause pause, RandomGenerator random) {
    this.budget = budget;
    this.pause = pause;
    this.random = random;
  }

  /** Starts one operation; {@code what} names it in errors, as in "loading exec-…". */
  Operation begin(String what) {
    return new Operation(what);
  }

  /** Runs a call that may be sent any number of times: a read, or a write that comes to the same when repeated. */
  <T> T repeat(String what, Supplier<@Nullable T> call) {
    Operation operation = begin(what);
    while (true) {
      try {
        return answered(call.get());
      } catch (TableStoreException | ClientException failure) {
        operation.failed(failure);
      }
    }
  }

  /** The SDK gives null instead of an exception when its own parsing broke; what became of the call is then unknown. */
  static <T> T answered(@Nullable T response) {
    if (response == null) throw new ClientException("The SDK could not read the answer.");
    return response;
  }

  /** One operation and its budget. Not thread-safe. */
  final class Operation {
    private final String what;
    private final long started = System.nanoTime();
    private long ceiling = FIRST_PAUSE.toNanos();
    private boolean fateUnknown;
    private boolean keysRefused;

    private Operation(String what) {
      this.what = what;
    }

    /** Whether an earlier attempt may have taken effect. */
    boolean isFateUnknown() {
      return fateUnknown;
    }

    /** Pauses before the next attempt, or gives up. */
    void failed(RuntimeException failure) {
      Trouble trouble = Trouble.of(failure);
      String found = failure instanceof TableStoreException refusal
          ? refusal.getErrorCode() + ": " + refusal.getMessage() + " (request "
              + refusal.getRequestId() + ")"
          : String.valueOf(failure.getMessage());
      failed(trouble, found, failure);
    }

    /** As {@link #failed(RuntimeException)} for rows of a batch that had an error of their own. */
    void failed(Trouble trouble, String found, @Nullable RuntimeException cause) {
      fateUnknown |= trouble == Trouble.FATE_UNKNOWN;
      boolean refusedAgain = trouble == Trouble.KEYS_REFUSED && keysRefused;
      keysRefused |= trouble == Trouble.KEYS_REFUSED;
      if (trouble == Trouble.FINAL || trouble == Trouble.CONDITION || refusedAgain) {
        throw gaveUp(found, advice(trouble), cause);
      }
      long left = budget.toNanos() - (System.nanoTime() - started);
      if (left <= 0) {
        throw gaveUp(
            found,
            "gave up after " + budget.toSeconds() + " s; the next wake-up tries again",
            cause);
      }
      rest(Math.min(left, 1 + random.nextLong(ceiling)));
      ceiling = Math.min(2 * ceiling, LONGEST_PAUSE.toNanos());
    }

    private void rest(long nanos) {
      try {
        pause.of(Duration.ofNanos(nanos));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw gaveUp("interrupted", "the next wake-up tries again", null);
      }
    }

    private StoreException gaveUp(String found, String next, @Nullable RuntimeException cause) {
      String fate = fateUnknown ? "; whether it was written is unknown, read again" : "";
      String message = "Tablestore, " + what + ": " + found + "; " + next + fate;
      return new StoreException(message, cause == null ? new IllegalStateException(found) : cause);
    }

    private static String advice(Trouble trouble) {
      return trouble == Trouble.KEYS_REFUSED
          ? "check the instance's name and that the keys are current (on Function Compute: those of the function's role)"
          : "check the tables (./chatops deploy-tables) and that the keys' owner may ots:*Row and ots:GetRange";
    }
  }
}
