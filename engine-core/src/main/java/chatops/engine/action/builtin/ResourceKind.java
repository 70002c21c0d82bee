package chatops.engine.action.builtin;

import java.util.List;
import java.util.Optional;

/**
 * How one resource type is selected (specification 7.8).
 *
 * @param ids parameter of the call that takes ids
 * @param form how it takes them
 * @param root field names that lead to the list in the answer
 * @param id field of an element that holds its id
 */
public record ResourceKind(
    String type, String service, String api, String ids, Form form, List<String> root, String id) {

  /** How a call takes several ids. */
  public enum Form {
    LIST,
    COMMA_TEXT,
    ONE
  }

  public static final List<ResourceKind> ALL = List.of(
      new ResourceKind(
          "ALIYUN::ECS::Instance",
          "ECS",
          "DescribeInstances",
          "InstanceIds",
          Form.LIST,
          List.of("Instances", "Instance"),
          "InstanceId"),
      new ResourceKind(
          "ALIYUN::ECS::ManagedInstance",
          "ECS",
          "DescribeManagedInstances",
          "InstanceIds",
          Form.LIST,
          List.of("Instances", "Instance"),
          "InstanceId"),
      new ResourceKind(
          "ALIYUN::ECD::Desktop",
          "ECD",
          "DescribeDesktops",
          "DesktopIds",
          Form.LIST,
          List.of("Desktops"),
          "DesktopId"),
      new ResourceKind(
          "ALIYUN::RDS::Instance",
          "RDS",
          "DescribeDBInstances",
          "DBInstanceId",
          Form.ONE,
          List.of("Items", "DBInstance"),
          "DBInstanceId"),
      new ResourceKind(
          "ALIYUN::Redis::Instance",
          "R-kvstore",
          "DescribeInstances",
          "InstanceIds",
          Form.COMMA_TEXT,
          List.of("Instances", "KVStoreInstance"),
          "InstanceId"),
      new ResourceKind(
          "ALIYUN::ComputeNestSupplier::Instance",
          "ComputeNestSupplier",
          "ListServiceInstances",
          "ServiceInstanceId",
          Form.ONE,
          List.of("ServiceInstances"),
          "ServiceInstanceId"));

  public static Optional<ResourceKind> find(String type) {
    return ALL.stream()
        .filter(kind -> kind.type().equalsIgnoreCase(type.strip()))
        .findFirst();
  }

  /** Ids that fit into one call. */
  int chunk() {
    return form == Form.ONE ? 1 : 100;
  }
}
