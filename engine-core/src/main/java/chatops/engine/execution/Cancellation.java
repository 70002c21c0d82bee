package chatops.engine.execution;

import java.time.Instant;

/** A request to cancel; running calls finish, nothing new starts. */
public record Cancellation(Person by, String reason, Instant at) {
  /** Who cancels what nobody cancelled: the passing of time. */
  public static final Person NOBODY = Person.of("chatops");
}
