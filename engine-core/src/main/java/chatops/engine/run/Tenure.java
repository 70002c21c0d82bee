package chatops.engine.run;

import chatops.engine.execution.Lease;
import java.time.Duration;
import java.time.Instant;

/**
 * A worker's hold of its execution: takes the lease, and renews it before it is needed longer. Renewals are written with the
 * next commit. Used by the worker's thread; {@link #outlivesCall} by any.
 */
final class Tenure {
  private final Means means;
  private final Ledger ledger;
  private final String owner;
  private volatile long leaseEnds;

  Tenure(Means means, Ledger ledger, String owner) {
    this.means = means;
    this.ledger = ledger;
    this.owner = owner;
  }

  void take() {
    Instant now = means.ports().clock().instant();
    Lease lease = lease(now);
    ledger.take(lease, now);
    Lease held = ledger.execution().lease();
    Instant until = held == null ? lease.until() : held.until();
    leaseEnds = means.ports().nanos().getAsLong() + Duration.between(now, until).toNanos();
  }

  private Lease lease(Instant now) {
    return new Lease(owner, now.plus(means.settings().lease()));
  }

  /** Whether whoever takes over at the end of the lease comes after a call that is sent now. */
  boolean outlivesCall() {
    return outlives(means.settings().callTimeout());
  }

  /** On a monotonic clock, so that a clock that is set back cannot stretch the lease. */
  private boolean outlives(Duration call) {
    long left = leaseEnds - means.ports().nanos().getAsLong();
    return left > call.plus(means.settings().skew()).toNanos();
  }

  void renew() {
    ledger.renew(lease(means.ports().clock().instant()));
    leaseEnds = means.ports().nanos().getAsLong() + means.settings().lease().toNanos();
  }

  /** While nothing else is written. */
  void keep() {
    if (ledger.isLeaseStored() && !outlives(means.settings().lease().dividedBy(3))) {
      renew();
      ledger.commit();
    }
  }
}
