package chatops.execution.sts;

import chatops.engine.cloud.Session;
import java.time.Duration;

/** Assumes a role. Implemented where the SDK is. */
public interface RoleAssumption {
  String API = "STS.AssumeRole";

  /** @throws chatops.engine.cloud.ApiException when STS refuses or does not answer */
  Session assume(String roleArn, String sessionName, Duration life);
}
