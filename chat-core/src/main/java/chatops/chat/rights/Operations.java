package chatops.chat.rights;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How executions may go on beside each other and for how long: the part of {@code chatops.yaml} that only Execution acts on. In
 * each list the first entry counts that has a pattern matching the template.
 *
 * @param retention how long executions are kept after their end; null = for ever
 * @param auditRetention how long the audit trail of a deleted execution is kept after its last record; null = for ever
 * @param sessionsPerPerson whether all executions that a person started share an assumed role's session; else each has its own
 * @param sessionsPerSecond how often STS is asked for one at most
 */
public record Operations(
    List<Limit> limits,
    List<Lock> locks,
    List<Expiry> expiry,
    @Nullable Duration retention,
    @Nullable Duration auditRetention,
    boolean sessionsPerPerson,
    int sessionsPerSecond) {

  static final int USUAL_SESSIONS_PER_SECOND = 20;

  /** Without the section {@code locks}: what a selection found, and what parameters of these names hold, is waited for. */
  static final List<Lock> USUAL_LOCKS =
      List.of(new Lock(List.of("*"), true, List.of("instanceId", "instanceIds"), false));

  /**
   * @param running how many of these templates' executions run at a time
   * @param queued how many more may wait
   */
  public record Limit(List<String> templates, int running, int queued) {
    public Limit {
      templates = List.copyOf(templates);
    }
  }

  /**
   * Resources that one execution at a time may change.
   *
   * @param targets whether what {@code ACS::SelectTargets} found is locked
   * @param parameters whose values are ids of resources
   * @param refuses whether a task fails at once where another execution holds one; else it waits
   */
  public record Lock(
      List<String> templates, boolean targets, List<String> parameters, boolean refuses) {
    public Lock {
      templates = List.copyOf(templates);
      parameters = List.copyOf(parameters);
    }
  }

  /** What an approval comes to that nobody decided in time. */
  public enum Outcome {
    APPROVE,
    REJECT,
    CANCEL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param approvals how long an approval stays open; null = for ever
   * @param executions how long an execution may take; null = for ever
   */
  public record Expiry(
      List<String> templates,
      @Nullable Duration approvals,
      Outcome outcome,
      @Nullable Duration executions) {
    public Expiry {
      templates = List.copyOf(templates);
    }
  }

  public Operations {
    limits = List.copyOf(limits);
    locks = List.copyOf(locks);
    expiry = List.copyOf(expiry);
  }

  /** Whether one of the patterns matches a template's name. */
  public static boolean concern(List<String> patterns, String template) {
    return Pattern.matchesAny(patterns, template);
  }
}
