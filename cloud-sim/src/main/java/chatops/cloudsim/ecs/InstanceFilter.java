package chatops.cloudsim.ecs;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The filters of DescribeInstances; all given ones must match. */
final class InstanceFilter {
  private InstanceFilter() {}

  static Predicate<Instance> of(Parameters parameters) {
    Predicate<Instance> filter = byIds(parameters);
    filter = filter.and(equal(parameters, "Status", instance -> instance.status.text()));
    filter = filter.and(equal(parameters, "ZoneId", instance -> instance.zone));
    filter = filter.and(
        equal(parameters, "VpcId", instance -> instance.vpc ? InstanceJson.vpcId(instance) : ""));
    filter = filter.and(equal(parameters, "InstanceType", instance -> instance.instanceType));
    filter = filter.and(equal(parameters, "InstanceChargeType", instance -> instance.chargeType));
    filter = filter.and(
        equal(parameters, "InstanceNetworkType", instance -> instance.vpc ? "vpc" : "classic"));
    filter = filter.and(byName(parameters.text("InstanceName")));
    filter = filter.and(byAddress(
        parameters, "PrivateIpAddresses", instance -> instance.vpc ? instance.privateIp : ""));
    filter = filter.and(byAddress(
        parameters, "InnerIpAddresses", instance -> instance.vpc ? "" : instance.privateIp));
    filter = filter.and(byAddress(
        parameters,
        "PublicIpAddresses",
        instance -> instance.publicIp == null ? "" : instance.publicIp));
    return filter.and(byTags(parameters.pairs("Tag")));
  }

  /** {@code InstanceIds=[]} finds nothing, as in the real service. */
  private static Predicate<Instance> byIds(Parameters parameters) {
    Optional<List<String>> ids = parameters.jsonList("InstanceIds");
    if (ids.isPresent() && ids.get().size() > 100) {
      throw new CloudException(
          400,
          "InvalidInstanceIds.Malformed",
          "The amount of specified instance Ids exceeds the limit.");
    }
    return instance -> ids.isEmpty() || ids.get().contains(instance.id);
  }

  private static Predicate<Instance> equal(
      Parameters parameters, String name, Function<Instance, String> field) {
    Optional<String> wanted = parameters.text(name);
    return instance -> wanted.isEmpty() || wanted.get().equals(field.apply(instance));
  }

  private static Predicate<Instance> byName(Optional<String> wanted) {
    if (wanted.isEmpty()) {
      return instance -> true;
    }
    String expression = List.of(wanted.get().split("\\*", -1)).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
    Pattern pattern = Pattern.compile(expression);
    return instance -> pattern.matcher(instance.name).matches();
  }

  private static Predicate<Instance> byAddress(
      Parameters parameters, String name, Function<Instance, String> field) {
    Optional<List<String>> wanted = parameters.jsonList(name);
    return instance -> wanted.isEmpty() || wanted.get().contains(field.apply(instance));
  }

  private static Predicate<Instance> byTags(List<Map.Entry<String, String>> tags) {
    return instance -> tags.stream()
        .allMatch(tag -> instance.tags.containsKey(tag.getKey())
            && (tag.getValue().isEmpty()
                || tag.getValue().equals(instance.tags.get(tag.getKey()))));
  }
}
