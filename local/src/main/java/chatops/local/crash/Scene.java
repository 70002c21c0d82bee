package chatops.local.crash;

import chatops.cloudsim.clock.SettableClock;
import chatops.engine.StartExecution;
import chatops.engine.cloud.CloudApi;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;

/**
 * What one round is played with; nothing of it outlives the round.
 *
 * @param clock starts at the same instant in every round; {@code cloud} is on it
 */
record Scene(
    SettableClock clock,
    StartExecution wish,
    Templates templates,
    CloudApi cloud,
    Outbound outbound,
    Settings settings) {

  /** Makes the same scene afresh. */
  interface Play {
    String name();

    Scene open();
  }
}
