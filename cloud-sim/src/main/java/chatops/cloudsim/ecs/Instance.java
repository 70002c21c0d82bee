package chatops.cloudsim.ecs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance and where its state machine stands. Guarded by its {@link Fleet}. */
final class Instance {
  final String id;
  final String region;
  final String zone;
  final String osType;
  final String osName;
  final String instanceType;
  final String chargeType;
  final boolean vpc;
  final String privateIp;
  final @Nullable String publicIp;
  final String mac;
  final Instant created;
  final List<String> locks;
  final Map<String, String> tags;
  String name;
  String description = "";
  String stoppedMode = "Not-applicable";
  boolean deletionProtection;
  InstanceStatus status;
  Instant startedAt;
  int starts;
  private @Nullable InstanceStatus next;
  private Instant nextAt = Instant.MAX;

  Instance(InstanceSpec spec, String id, String privateIp, String mac, Instant now) {
    this.id = id;
    this.privateIp = privateIp;
    this.mac = mac;
    this.created = now;
    name = spec.name;
    region = spec.region;
    zone = spec.region + "-" + spec.zoneSuffix;
    osType = spec.osType;
    osName = spec.osName;
    instanceType = spec.instanceType;
    chargeType = spec.chargeType;
    vpc = spec.vpc;
    publicIp = spec.publicIp;
    status = spec.status;
    deletionProtection = spec.deletionProtection;
    locks = new ArrayList<>(spec.locks);
    tags = new LinkedHashMap<>(spec.tags);
    startedAt = now;
  }

  /** Takes the changes that are due by now. */
  void settle(Instant now) {
    InstanceStatus due = next;
    if (due == null || now.isBefore(nextAt)) {
      return;
    }
    status = due;
    if (due == InstanceStatus.RUNNING) {
      startedAt = nextAt;
      starts++;
    }
    next = null;
  }

  /** Shows {@code through} from now on and {@code then} from {@code at} on. */
  void change(InstanceStatus through, InstanceStatus then, Instant at) {
    status = through;
    next = then;
    nextAt = at;
  }

  String arn(String accountId) {
    return "acs:ecs:" + region + ":" + accountId + ":instance/" + id;
  }
}
