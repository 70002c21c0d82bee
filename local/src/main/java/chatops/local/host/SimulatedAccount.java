package chatops.local.host;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.ess.GroupSpec;
import chatops.cloudsim.ess.Result;
import chatops.cloudsim.ess.Transition;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.mns.Subscription;
import chatops.execution.sts.FunctionRole;
import chatops.execution.tablestore.TableCreation;
import chatops.execution.tablestore.TablestoreConnection;
import com.alicloud.openservices.tablestore.SyncClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the simulated account holds: the two functions' roles, the role operations run under, and a small fleet. The
 * roles may do what the deployment's policies allow, and no more.
 */
final class SimulatedAccount {
  static final String ID = "1234567890123456";
  static final String FRONT = "chatops-front";
  static final String EXECUTION = "chatops-execution";
  static final String SERVICE = "chatops";
  static final String INSTANCE = "chatops";
  static final String HOOKS = "chatops-ess-hooks";
  /** Begin of the ids of scaling groups. */
  static final String GROUPS = "asg-bp1demo";

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
            Policy.allow("fc:InvokeFunction", "sts:AssumeRole", "ots:*Row", "ots:GetRange"),
            Role.FUNCTION_COMPUTE);
  }

  static void operatorRole(CloudSim cloud, Role execution) {
    cloud
        .identities()
        .role("OOSServiceRole", Policy.allow("ecs:*", "ess:*", "oss:GetObject"), execution.arn());
  }

  /** Tablestore with the store's tables, made as {@code ./chatops deploy-tables} makes them. */
  static void tables(CloudSim cloud) {
    cloud.tablestore().instance(INSTANCE);
    Principal.RamUser deployer = cloud.identities().user("deployer", Policy.allow("ots:*"));
    FunctionRole.Keys keys =
        new FunctionRole.Keys(deployer.accessKeyId(), deployer.accessKeySecret(), "", Instant.MAX);
    SyncClient client = TablestoreConnection.open(
        INSTANCE, Map.of("CHATOPS_ENDPOINTS", "ots=" + cloud.tablestoreUrl()), () -> keys);
    try {
      new TableCreation(client, line -> {}).run();
    } finally {
      client.shutdown();
    }
  }

  /** Groups without instances, each with a hook that notifies a topic with a trigger on Execution. */
  static void scaling(CloudSim cloud, String execution) {
    cloud
        .messages()
        .topic(HOOKS)
        .subscribe(new Subscription(
            "ess-hooks",
            new Subscription.Endpoint.Function(execution),
            Subscription.Format.JSON,
            Subscription.Strategy.EXPONENTIAL_DECAY_RETRY));
    for (String name : List.of("web", "broken", "late")) {
      String group =
          cloud.scaling().group(GroupSpec.named(name).id(GROUPS + name).sizes(0, 40));
      cloud
          .scaling()
          .hook(
              group,
              "install",
              Transition.SCALE_OUT,
              Duration.ofSeconds(300),
              Result.CONTINUE,
              cloud.scaling().topicArn(CloudSim.REGION, HOOKS));
    }
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
