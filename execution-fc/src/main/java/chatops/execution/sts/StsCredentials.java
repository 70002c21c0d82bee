package chatops.execution.sts;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.Credentials;
import chatops.engine.cloud.Session;
import chatops.engine.id.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of the roles the configuration allows, assumed with the function's own role. One session per role and execution,
 * so that ActionTrail shows which execution called; kept until 80 % of its life is over. Thread-safe.
 */
public final class StsCredentials implements Credentials {
  /** {@code STS AssumeRole}: DurationSeconds up to which every role allows. */
  static final Duration LIFE = Duration.ofHours(1);

  /** RoleSessionName has 32 characters in the older service. */
  private static final int SESSION_ID_LENGTH = 27;

  private record Key(String roleArn, String sessionName) {}

  private record Kept(Session session, Instant renewAt) {}

  private final Map<String, String> allowed;
  private final String defaultRole;
  private final RoleAssumption assumption;
  private final InstantSource clock;
  private final Map<Key, CompletableFuture<Kept>> sessions = new ConcurrentHashMap<>();

  /**
   * @param allowed role name to role ARN
   * @param defaultRole name used by templates that name none
   */
  public StsCredentials(
      Map<String, String> allowed,
      String defaultRole,
      RoleAssumption assumption,
      InstantSource clock) {
    this.allowed = Map.copyOf(allowed);
    this.defaultRole = defaultRole;
    this.assumption = assumption;
    this.clock = clock;
  }

  @Override
  public Session session(ExecutionId execution, String ramRole) {
    String name = ramRole.isEmpty() ? defaultRole : ramRole;
    String arn = allowed.get(name);
    if (arn == null) {
      throw notAllowed(name, ramRole.isEmpty());
    }
    Key key = new Key(arn, sessionName(execution));
    Instant now = clock.instant();
    sessions.values().removeIf(asked -> isOver(asked, now));
    // parallel tasks of one execution ask once; nobody waits for another execution's role
    CompletableFuture<Kept> mine = new CompletableFuture<>();
    CompletableFuture<Kept> asked =
        Objects.requireNonNull(sessions.compute(key, (k, old) -> isUsable(old, now) ? old : mine));
    return asked == mine ? assumed(key, mine) : awaited(asked);
  }

  private Session assumed(Key key, CompletableFuture<Kept> mine) {
    try {
      Kept kept = assume(key);
      mine.complete(kept);
      return kept.session();
    } catch (RuntimeException refused) {
      sessions.remove(key, mine);
      mine.completeExceptionally(refused);
      throw refused;
    }
  }

  private static Session awaited(CompletableFuture<Kept> asked) {
    try {
      return asked.join().session();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw failed;
    }
  }

  private static boolean isUsable(@Nullable CompletableFuture<Kept> asked, Instant now) {
    return asked != null
        && (!asked.isDone() || (isKept(asked) && now.isBefore(asked.join().renewAt())));
  }

  private static boolean isOver(CompletableFuture<Kept> asked, Instant now) {
    return isKept(asked) && !now.isBefore(asked.join().session().expiration());
  }

  private static boolean isKept(CompletableFuture<Kept> asked) {
    return asked.isDone() && !asked.isCompletedExceptionally();
  }

  /** Drops a session the cloud called expired. */
  public void forget(Session expired) {
    sessions.values().removeIf(asked -> isKept(asked) && asked.join().session().equals(expired));
  }

  private Kept assume(Key key) {
    Instant now = clock.instant();
    Session session = assumption.assume(key.roleArn(), key.sessionName(), LIFE);
    Duration life = Duration.between(now, session.expiration());
    return new Kept(session, now.plus(life.multipliedBy(8).dividedBy(10)));
  }

  static String sessionName(ExecutionId execution) {
    String id = execution.value();
    return "oos-" + id.substring(0, Math.min(SESSION_ID_LENGTH, id.length()));
  }

  private ApiException notAllowed(String name, boolean isDefault) {
    String message = isDefault
        ? "the template names no RamRole and roles.default '" + name
            + "' is not in roles.allowed of chatops.yaml"
        : "role '" + name + "' is not in roles.allowed of chatops.yaml; allowed: "
            + allowed.keySet().stream().sorted().toList();
    return new ApiException(
        "STS.AssumeRole",
        "RoleNotAllowed",
        message + "; add the role's ARN there, or start the template with one of the allowed roles",
        "",
        0,
        Verdict.FINAL,
        null);
  }
}
