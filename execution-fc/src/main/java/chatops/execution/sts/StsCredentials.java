package chatops.execution.sts;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.Caller;
import chatops.engine.cloud.Credentials;
import chatops.engine.cloud.Session;
import chatops.engine.pace.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of the roles the configuration allows, assumed with the function's own role; kept until 80 % of their life is over,
 * and longer where no other can be had. STS is asked no faster than the given rate, and slower when it throttles. Thread-safe.
 */
public final class StsCredentials implements Credentials {
  /** {@code STS AssumeRole}: DurationSeconds up to which every role allows. */
  static final Duration LIFE = Duration.ofHours(1);

  /** A session that ends sooner is not used for another call. */
  private static final Duration LEAST_LEFT = Duration.ofMinutes(1);

  /** After a renewal that failed. */
  private static final Duration RENEWED_AGAIN = Duration.ofSeconds(30);

  private static final Duration TIDIED = Duration.ofMinutes(1);

  private record Key(String roleArn, String sessionName) {}

  private record Kept(Session session, Instant renewAt) {}

  private final Supplier<Roles> roles;
  private final RoleAssumption assumption;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Pace pace;
  private final Map<Key, CompletableFuture<Kept>> sessions = new ConcurrentHashMap<>();

  /** Whose turn it is to ask STS, and since when. */
  private final Map<Key, Instant> admitted = new ConcurrentHashMap<>();

  private volatile Instant tidiedAt = Instant.MIN;

  /**
   * Which roles may be assumed.
   *
   * @param initial name used by templates that name none
   * @param allowed role name to role ARN
   * @param names who shares a session: those whose sessions have one name
   */
  public record Roles(String initial, Map<String, String> allowed, SessionNames names) {
    public Roles {
      allowed = Map.copyOf(allowed);
    }
  }

  /**
   * @param roles asked for every session, so that a changed configuration counts at once
   * @param perSecond how often STS is asked at most; its quota is not documented
   * @param nanos a monotonic clock
   */
  public StsCredentials(
      Supplier<Roles> roles,
      int perSecond,
      RoleAssumption assumption,
      InstantSource clock,
      LongSupplier nanos) {
    this.roles = roles;
    this.assumption = assumption;
    this.clock = clock;
    this.nanos = nanos;
    this.pace = Pace.atMost(perSecond, System.identityHashCode(this), nanos.getAsLong());
  }

  @Override
  public Session session(Caller caller, String ramRole) {
    Roles now = roles.get();
    Key key = key(now, caller, ramRole);
    if (key == null) {
      throw notAllowed(ramRole, now);
    }
    Instant at = clock.instant();
    tidy(at);
    // parallel tasks of one session ask once; nobody waits for another's role
    CompletableFuture<Kept> mine = new CompletableFuture<>();
    CompletableFuture<Kept> before = sessions.get(key);
    CompletableFuture<Kept> asked =
        Objects.requireNonNull(sessions.compute(key, (k, old) -> isUsable(old, at) ? old : mine));
    return asked == mine ? renewed(key, mine, before, at) : awaited(asked);
  }

  @Override
  public Duration wait(Caller caller, String ramRole) {
    Key key = key(roles.get(), caller, ramRole);
    if (key == null) {
      return Duration.ZERO;
    }
    Instant at = clock.instant();
    CompletableFuture<Kept> kept = sessions.get(key);
    if (isUsable(kept, at) || isAlive(kept, at) || admitted.containsKey(key)) {
      return Duration.ZERO;
    }
    long wait = pace.ask(key, nanos.getAsLong());
    if (wait == 0) {
      admitted.put(key, at);
    }
    return Duration.ofNanos(wait);
  }

  /** Null when the role is not allowed. */
  private static @Nullable Key key(Roles roles, Caller caller, String ramRole) {
    String arn = roles.allowed().get(ramRole.isEmpty() ? roles.initial() : ramRole);
    return arn == null ? null : new Key(arn, roles.names().of(caller));
  }

  private Session renewed(
      Key key,
      CompletableFuture<Kept> mine,
      @Nullable CompletableFuture<Kept> before,
      Instant now) {
    try {
      Kept kept = assume(key);
      mine.complete(kept);
      return kept.session();
    } catch (RuntimeException refused) {
      boolean isPassing = refused instanceof ApiException e && e.verdict() != Verdict.FINAL;
      if (isPassing && before != null && isAlive(before, now)) {
        mine.complete(new Kept(before.join().session(), now.plus(RENEWED_AGAIN)));
        return before.join().session();
      }
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

  private Kept assume(Key key) {
    long sent = depart(key);
    Instant now = clock.instant();
    try {
      Session session = assumption.assume(key.roleArn(), key.sessionName(), LIFE);
      pace.passed(sent, nanos.getAsLong());
      Duration life = Duration.between(now, session.expiration());
      return new Kept(session, now.plus(life.multipliedBy(8).dividedBy(10)));
    } catch (ApiException e) {
      if (e.isOverload()) {
        pace.refused(sent, nanos.getAsLong());
      } else if (e.verdict() != Verdict.UNKNOWN) {
        pace.passed(sent, nanos.getAsLong());
      }
      throw e;
    }
  }

  /** Whoever did not wait for a turn is sent away when there is none to be had at once. */
  private long depart(Key key) {
    boolean mayGo = admitted.remove(key) != null || pace.ask(key, nanos.getAsLong()) == 0;
    long sent = mayGo ? pace.depart(nanos.getAsLong()) : Pace.SHUT;
    if (sent == Pace.SHUT) {
      throw new ApiException(
          RoleAssumption.API,
          "Throttling",
          "not sent: STS is asked slower at the moment",
          "",
          0,
          Verdict.THROTTLED,
          null);
    }
    return sent;
  }

  private static boolean isUsable(@Nullable CompletableFuture<Kept> asked, Instant now) {
    return asked != null
        && (!asked.isDone() || (isKept(asked) && now.isBefore(asked.join().renewAt())));
  }

  /** Whether it still serves when STS gives no other. */
  private static boolean isAlive(@Nullable CompletableFuture<Kept> asked, Instant now) {
    return asked != null
        && isKept(asked)
        && now.isBefore(asked.join().session().expiration().minus(LEAST_LEFT));
  }

  private static boolean isKept(CompletableFuture<Kept> asked) {
    return asked.isDone() && !asked.isCompletedExceptionally();
  }

  private void tidy(Instant now) {
    if (now.isAfter(tidiedAt.plus(TIDIED))) {
      tidiedAt = now;
      sessions
          .values()
          .removeIf(
              asked -> isKept(asked) && !now.isBefore(asked.join().session().expiration()));
      admitted.values().removeIf(since -> now.isAfter(since.plus(TIDIED)));
    }
  }

  /** Drops a session the cloud called expired. */
  public void forget(Session expired) {
    sessions.values().removeIf(asked -> isKept(asked) && asked.join().session().equals(expired));
  }

  private static ApiException notAllowed(String ramRole, Roles roles) {
    String message = ramRole.isEmpty()
        ? "the template names no RamRole and roles.default '" + roles.initial()
            + "' is not in roles.allowed of chatops.yaml"
        : "role '" + ramRole + "' is not in roles.allowed of chatops.yaml; allowed: "
            + roles.allowed().keySet().stream().sorted().toList();
    return new ApiException(
        RoleAssumption.API,
        "RoleNotAllowed",
        message + "; add the role's ARN there, or start the template with one of the allowed roles",
        "",
        0,
        Verdict.FINAL,
        null);
  }
}
