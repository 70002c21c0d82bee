package chatops.cloudsim.ecs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an instance is to be, for tests and demos: everything has a default. Not thread-safe; read once by {@link Fleet#launch}. */
public final class InstanceSpec {
  final String name;

  @Nullable
  String id;

  String region = "cn-hangzhou";
  String zoneSuffix = "i";
  String osType = "linux";
  String osName = "Alibaba Cloud Linux 3.2104 64 bit";
  String instanceType = "ecs.g7.large";
  String chargeType = "PostPaid";
  boolean vpc = true;

  @Nullable
  String privateIp;

  @Nullable
  String publicIp;

  InstanceStatus status = InstanceStatus.RUNNING;
  boolean deletionProtection;
  final List<String> locks = new ArrayList<>();
  final Map<String, String> tags = new LinkedHashMap<>();

  private InstanceSpec(String name) {
    this.name = name;
  }

  /** A running Linux instance in cn-hangzhou, in a VPC, paid by use. */
  public static InstanceSpec named(String name) {
    return new InstanceSpec(name);
  }

  public InstanceSpec id(String instanceId) {
    id = instanceId;
    return this;
  }

  public InstanceSpec region(String regionId) {
    region = regionId;
    return this;
  }

  public InstanceSpec windows() {
    osType = "windows";
    osName = "Windows Server 2022 Datacenter 64 bit";
    return this;
  }

  /** Another Linux, as DescribeInstances spells it: {@code Ubuntu  22.04 64 bit}. */
  public InstanceSpec os(String name) {
    osName = name;
    return this;
  }

  public InstanceSpec type(String type) {
    instanceType = type;
    return this;
  }

  public InstanceSpec prepaid() {
    chargeType = "PrePaid";
    return this;
  }

  /** In the classic network instead of a VPC. */
  public InstanceSpec classic() {
    vpc = false;
    return this;
  }

  public InstanceSpec privateIp(String address) {
    privateIp = address;
    return this;
  }

  public InstanceSpec publicIp(String address) {
    publicIp = address;
    return this;
  }

  public InstanceSpec stopped() {
    status = InstanceStatus.STOPPED;
    return this;
  }

  public InstanceSpec pending() {
    status = InstanceStatus.PENDING;
    return this;
  }

  public InstanceSpec deletionProtected() {
    deletionProtection = true;
    return this;
  }

  /** {@code security}, {@code financial}, {@code recycling}, … */
  public InstanceSpec locked(String reason) {
    locks.add(reason);
    return this;
  }

  public InstanceSpec tag(String key, String value) {
    tags.put(key, value);
    return this;
  }
}
