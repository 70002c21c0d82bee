package chatops.cloudsim.cloud;

import java.time.Duration;

/** One way in which a call goes wrong. */
public sealed interface Fault {
  /** An error of the service's own kind, before anything took effect. */
  record Refuse(int status, String code, String message) implements Fault {}

  /** A gateway's HTML page with status 503 and no code, before anything took effect. */
  record Unavailable() implements Fault {}

  /** The call takes effect, the reply does not arrive. */
  record LostReply() implements Fault {}

  /** The reply takes longer by this much. */
  record Delay(Duration by) implements Fault {}

  /** Takes so many calls in each span of time, counted anew at its beginning, and throttles all others. */
  record Limit(int calls, Duration per) implements Fault {
    public Limit {
      if (calls < 0 || per.isZero() || per.isNegative()) {
        throw new IllegalArgumentException(
            "a limit of " + calls + " calls in " + per + ": expected 0 or more in some time");
      }
    }
  }

  /** HTTP 400 {@code Throttling.User}, the way the classic services throttle. */
  static Fault throttle() {
    return new Refuse(400, "Throttling.User", "Request was denied due to user flow control.");
  }

  /** HTTP 400 {@code InvalidSecurityToken.Expired}, whatever the session's real age. */
  static Fault expiredSession() {
    return new Refuse(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
  }
}
