package chatops.cloudsim.ecs;

import java.time.Duration;

/**
 * How long instances take, each time plus up to {@code jitter}.
 *
 * @param create Pending to Running
 * @param start Starting to Running
 * @param stop Stopping to Stopped
 * @param reboot Starting, as a reboot shows, to Running
 */
public record Pace(
    Duration create, Duration start, Duration stop, Duration reboot, Duration jitter) {

  /** About what small instances take in the real cloud. */
  public static Pace realistic() {
    return new Pace(
        Duration.ofSeconds(25),
        Duration.ofSeconds(12),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(4));
  }

  /** Every change takes exactly this long. */
  public static Pace of(Duration each) {
    return new Pace(each, each, each, each, Duration.ZERO);
  }
}
