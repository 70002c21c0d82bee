package chatops.execution.aliyun;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.CloudApi;
import chatops.engine.cloud.Session;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets no call out of the regions that {@code chatops.yaml} allows, wherever a template has the region from. Both the region
 * whose endpoint would answer and the {@code RegionId} of the call count: some endpoints act in other regions than their own.
 */
public final class AllowedRegions implements CloudApi {
  private final CloudApi calls;
  private final Supplier<List<String>> regions;

  /** @param regions asked at every call, so that a changed configuration counts at once */
  public AllowedRegions(CloudApi calls, Supplier<List<String>> regions) {
    this.calls = calls;
    this.regions = regions;
  }

  @Override
  public ApiResponse call(ApiRequest request, Session session, Duration timeout) {
    check(request, request.regionId());
    for (Map.Entry<String, JsonNode> parameter : request.parameters().properties()) {
      if (parameter.getKey().equalsIgnoreCase("RegionId")) {
        check(request, parameter.getValue().asText(""));
      }
    }
    return calls.call(request, session, timeout);
  }

  private void check(ApiRequest request, String region) {
    List<String> allowed = regions.get();
    if (!region.isEmpty() && !allowed.contains(region)) {
      throw new ApiException(
          request.name(),
          "RegionNotAllowed",
          "region '" + region + "' is not in regions.allowed of chatops.yaml; allowed: " + allowed
              + "; add it there, or start the template for one of the allowed regions",
          "",
          0,
          ApiException.Verdict.FINAL,
          null);
    }
  }
}
