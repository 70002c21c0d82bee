package chatops.local.rehearsal;

import chatops.cloudsim.clock.SettableClock;
import chatops.engine.StartExecution;
import chatops.engine.cloud.CloudApi;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;

/**
 * What one run of a rehearsal is played with, for whoever plays it himself.
 *
 * @param clock of everything here
 */
public record Props(
    SettableClock clock,
    StartExecution wish,
    Templates templates,
    CloudApi cloud,
    Settings settings) {}
