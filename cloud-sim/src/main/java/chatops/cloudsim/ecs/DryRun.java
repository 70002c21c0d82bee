package chatops.cloudsim.ecs;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.Parameters;

/** A passed dry run is answered as an error, which is how ECS says that the real call would be accepted. */
final class DryRun {
  private DryRun() {}

  static void check(Parameters parameters) {
    if (parameters.flag("DryRun")) {
      throw new CloudException(
          400, "DryRunOperation", "Request validation has been passed with DryRun flag set.");
    }
  }

  /** Start, Stop and RebootInstances use another word. */
  static void checkBatch(Parameters parameters) {
    if (parameters.flag("DryRun")) {
      throw new CloudException(400, "DRYRUN.SUCCESS", "Dry run success.");
    }
  }
}
