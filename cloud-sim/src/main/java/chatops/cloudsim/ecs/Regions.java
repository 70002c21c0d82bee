package chatops.cloudsim.ecs;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.Parameters;
import java.util.Set;

/** The regions the simulated ECS knows. */
public final class Regions {
  private static final Set<String> KNOWN = Set.of(
      "cn-hangzhou",
      "cn-shanghai",
      "cn-beijing",
      "cn-shenzhen",
      "cn-zhangjiakou",
      "cn-huhehaote",
      "cn-qingdao",
      "cn-chengdu",
      "cn-hongkong",
      "cn-wulanchabu",
      "cn-guangzhou",
      "ap-southeast-1",
      "ap-southeast-5",
      "ap-northeast-1",
      "ap-south-1",
      "us-west-1",
      "us-east-1",
      "eu-central-1",
      "eu-west-1",
      "me-east-1");

  private Regions() {}

  /** {@code RegionId} of the call; refused when it is missing or unknown. */
  public static String of(Parameters parameters) {
    String region = parameters.required("RegionId");
    if (!KNOWN.contains(region)) {
      throw new CloudException(
          404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
    }
    return region;
  }
}
