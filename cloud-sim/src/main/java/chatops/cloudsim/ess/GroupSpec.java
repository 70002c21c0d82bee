package chatops.cloudsim.ess;

import chatops.cloudsim.ecs.InstanceSpec;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a scaling group is to be, for tests and demos: everything has a default. Not thread-safe; read once by {@link AutoScaling#group}. */
public final class GroupSpec {
  final String name;

  @Nullable
  String id;

  String region = "cn-hangzhou";
  int minimum = 0;
  int maximum = 2000;
  UnaryOperator<InstanceSpec> plan = UnaryOperator.identity();

  private GroupSpec(String name) {
    this.name = name;
  }

  public static GroupSpec named(String name) {
    return new GroupSpec(name);
  }

  public GroupSpec id(String groupId) {
    id = groupId;
    return this;
  }

  public GroupSpec region(String regionId) {
    region = regionId;
    return this;
  }

  public GroupSpec sizes(int least, int most) {
    minimum = least;
    maximum = most;
    return this;
  }

  /** What its instances are like: its scaling configuration. */
  public GroupSpec instances(UnaryOperator<InstanceSpec> configuration) {
    plan = configuration;
    return this;
  }
}
