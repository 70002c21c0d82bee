package chatops.local.host;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Role;
import java.time.Duration;

/**
 * What the simulated account holds: the two functions' roles, the role operations run under, and a small fleet. The
 * roles may do what the deployment's policies allow, and no more.
 */
final class SimulatedAccount {
  static final String ID = "1234567890123456";
  static final String FRONT = "chatops-front";
  static final String EXECUTION = "chatops-execution";
  static final String SERVICE = "chatops";

  /** About four times as fast as small instances in the real cloud, so that a rehearsal stays short. */
  static final Pace PACE = new Pace(
      Duration.ofSeconds(4),
      Duration.ofSeconds(3),
      Duration.ofSeconds(2),
      Duration.ofSeconds(3),
      Duration.ofSeconds(1));

  private SimulatedAccount() {}

  static Role frontRole(CloudSim cloud) {
    return cloud
        .identities()
        .role("chatops-front-role", Policy.allow("fc:InvokeFunction"), Role.FUNCTION_COMPUTE);
  }

  static Role executionRole(CloudSim cloud) {
    return cloud
        .identities()
        .role(
            "chatops-execution-role",
            Policy.allow("fc:InvokeFunction", "sts:AssumeRole"),
            Role.FUNCTION_COMPUTE);
  }

  static void operatorRole(CloudSim cloud, Role execution) {
    cloud.identities().role("OOSServiceRole", Policy.allow("ecs:*"), execution.arn());
  }

  static void fleet(CloudSim cloud) {
    for (int i = 1; i <= 4; i++) {
      cloud
          .fleet()
          .launch(InstanceSpec.named("web-" + i)
              .id("i-bp1demoweb0000000000" + i)
              .tag("env", "staging")
              .tag("role", "web"));
    }
    cloud
        .fleet()
        .launch(InstanceSpec.named("db-1").id("i-bp1demodb00000000001").tag("env", "production"));
    cloud
        .fleet()
        .launch(InstanceSpec.named("batch-1")
            .id("i-bp1demobatch00000001")
            .tag("env", "staging")
            .stopped());
    cloud
        .fleet()
        .launch(InstanceSpec.named("batch-2")
            .id("i-bp1demobatch00000002")
            .tag("env", "staging")
            .stopped());
  }
}
