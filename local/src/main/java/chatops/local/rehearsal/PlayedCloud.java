package chatops.local.rehearsal;

import chatops.cloudsim.CloudCore;
import chatops.cloudsim.cloud.CloudReply;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.CloudApi;
import chatops.engine.cloud.Session;
import chatops.execution.aliyun.ErrorTranslation;
import chatops.execution.aliyun.ParameterEncoder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The simulated account's own services, called without a transport: parameters go through the encoding of the real
 * adapter, errors through its translation.
 */
public final class PlayedCloud implements CloudApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CloudCore core;
  private final Principal caller;
  private final ParameterEncoder encoder;

  /** @param core on the clock of the rehearsal */
  public PlayedCloud(CloudCore core, ParameterEncoder encoder) {
    this.core = core;
    this.caller = core.identities().user("operator", Policy.allow("*"));
    this.encoder = encoder;
  }

  public CloudCore core() {
    return core;
  }

  /** Whether the simulated account answers this API with a behaviour of its own. */
  public boolean plays(ApiRequest request) {
    boolean isForeign = request.api().toLowerCase(Locale.ROOT).endsWith("tagresources")
        && !request
            .parameters()
            .path("ResourceType")
            .asText("instance")
            .equalsIgnoreCase("instance");
    return request.roa() == null
        && !isForeign
        && api(request).filter(api -> !isMadeUp(request.service(), api)).isPresent();
  }

  /**
   * What the simulated account would answer truly, and no template could go on with: what commands write, which is what templates
   * read; images, of which it has those of its instances alone; scaling groups, while it has none.
   */
  private boolean isMadeUp(String service, String api) {
    return core.assistant().apis().containsKey(api)
        || api.equals("DescribeImages")
        || (service.equalsIgnoreCase("ESS") && !core.scaling().isUsed());
  }

  private Optional<String> api(ApiRequest request) {
    return core.cloud()
        .product(request.service())
        .flatMap(service -> spelled(service, request.api()));
  }

  private static Optional<String> spelled(CloudService service, String api) {
    return service.apis().keySet().stream()
        .filter(each -> each.equalsIgnoreCase(api))
        .findFirst();
  }

  @Override
  public ApiResponse call(ApiRequest request, Session session, Duration timeout) {
    String api = api(request).orElse(request.api());
    Map<String, String> wire =
        new TreeMap<>(encoder.encode(request.service(), api, request.parameters()));
    wire.putIfAbsent("RegionId", request.regionId());
    CloudReply reply = core.cloud().call(request.service(), api, wire, caller, request.regionId());
    JsonNode body = read(reply.body());
    if (reply.isError()) {
      throw ErrorTranslation.answered(
          request.name(), reply.status(), body, reply.requestId(), session);
    }
    if (reply.lost()) {
      throw new ApiException(
          request.name(), "Unreachable", "no answer", "", 0, ApiException.Verdict.UNKNOWN, null);
    }
    return new ApiResponse(body, reply.requestId());
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.nullNode();
    }
  }
}
