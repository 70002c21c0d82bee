package chatops.cloudsim.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An instance as DescribeInstances shows it (page "DescribeInstances", 2014-05-26). */
final class InstanceJson {
  /** ECS tells times by the minute. */
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private InstanceJson() {}

  static String minutes(Instant instant) {
    return MINUTES.format(instant);
  }

  static ObjectNode of(Instance instance, String accountId) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("InstanceId", instance.id);
    node.put("InstanceName", instance.name);
    node.put("HostName", "iZ" + instance.id.substring(instance.id.indexOf('-') + 1) + "Z");
    node.put("Description", instance.description);
    node.put("Status", instance.status.text());
    node.put("RegionId", instance.region);
    node.put("ZoneId", instance.zone);
    node.put("SerialNumber", instance.id + "-serial");
    node.put("ResourceGroupId", "");
    node.put("OSType", instance.osType);
    node.put("OSName", instance.osName);
    node.put("OSNameEn", instance.osName);
    node.put(
        "ImageId",
        instance.osType.equals("windows")
            ? "win2022_21H2_x64.vhd"
            : "aliyun_3_x64_20G_alibase.vhd");
    node.put("InstanceType", instance.instanceType);
    node.put(
        "InstanceTypeFamily",
        instance.instanceType.substring(0, instance.instanceType.lastIndexOf('.')));
    node.put("Cpu", 2);
    node.put("CPU", 2);
    node.put("Memory", 8192);
    node.put("InstanceChargeType", instance.chargeType);
    node.put("InternetChargeType", "PayByTraffic");
    node.put("SpotStrategy", "NoSpot");
    node.put("CreationTime", minutes(instance.created));
    node.put("StartTime", minutes(instance.startedAt));
    node.put("ExpiredTime", "2099-12-31T15:59Z");
    node.put("AutoReleaseTime", "");
    node.put("StoppedMode", instance.stoppedMode);
    node.put("DeletionProtection", instance.deletionProtection);
    node.put("DeviceAvailable", true);
    node.put("Recyclable", false);
    node.put("OwnerId", Long.parseLong(accountId));
    network(node, instance);
    ArrayNode locks = node.putObject("OperationLocks").putArray("LockReason");
    instance.locks.forEach(reason -> locks.addObject().put("LockReason", reason));
    if (!instance.tags.isEmpty()) {
      ArrayNode tags = node.putObject("Tags").putArray("Tag");
      instance.tags.forEach(
          (key, value) -> tags.addObject().put("TagKey", key).put("TagValue", value));
    }
    return node;
  }

  private static void network(ObjectNode node, Instance instance) {
    node.put("InstanceNetworkType", instance.vpc ? "vpc" : "classic");
    node.put("VpcId", instance.vpc ? vpcId(instance) : "");
    node.putObject("SecurityGroupIds")
        .putArray("SecurityGroupId")
        .add("sg-bp1simulated" + instance.region.length());
    ArrayNode publicIps = node.putObject("PublicIpAddress").putArray("IpAddress");
    if (instance.publicIp != null) {
      publicIps.add(instance.publicIp);
    }
    ArrayNode inner = node.putObject("InnerIpAddress").putArray("IpAddress");
    ObjectNode attributes = node.putObject("VpcAttributes");
    attributes.put("VpcId", instance.vpc ? vpcId(instance) : "");
    attributes.put("VSwitchId", instance.vpc ? "vsw-bp1simulated" : "");
    attributes.put("NatIpAddress", "");
    ArrayNode privateIps = attributes.putObject("PrivateIpAddress").putArray("IpAddress");
    node.putObject("EipAddress")
        .put("AllocationId", "")
        .put("IpAddress", "")
        .put("InternetChargeType", "");
    ArrayNode interfaces = node.putObject("NetworkInterfaces").putArray("NetworkInterface");
    if (!instance.vpc) {
      inner.add(instance.privateIp);
      return;
    }
    privateIps.add(instance.privateIp);
    ObjectNode card = interfaces.addObject();
    card.put("NetworkInterfaceId", "eni-" + instance.id.substring(instance.id.indexOf('-') + 1));
    card.put("MacAddress", instance.mac);
    card.put("PrimaryIpAddress", instance.privateIp);
    card.put("Type", "Primary");
    card.putObject("PrivateIpSets")
        .putArray("PrivateIpSet")
        .addObject()
        .put("PrivateIpAddress", instance.privateIp)
        .put("Primary", true);
  }

  static String vpcId(Instance instance) {
    return "vpc-" + instance.region.replace("-", "") + "simulated";
  }
}
