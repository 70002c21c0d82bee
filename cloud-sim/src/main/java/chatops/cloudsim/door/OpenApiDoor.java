package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudReply;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Parameters;
import chatops.cloudsim.cloud.SimulatedCloud;
import chatops.cloudsim.http.Door;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.signature.Acs3Signature;
import chatops.cloudsim.signature.Gatekeeper;
import chatops.cloudsim.signature.RpcSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The OpenAPI gateway for RPC products. All products share one address here, so the version tells them apart. */
public final class OpenApiDoor implements Door {
  private static final Set<String> COMMON = Set.of(
      "Action",
      "Version",
      "Format",
      "Timestamp",
      "SignatureMethod",
      "SignatureVersion",
      "SignatureNonce",
      "SignatureType",
      "AccessKeyId",
      "SecurityToken",
      "Signature");

  private final SimulatedCloud cloud;
  private final RpcSignature rpc;
  private final Acs3Signature acs3;

  public OpenApiDoor(SimulatedCloud cloud, Gatekeeper gatekeeper) {
    this.cloud = cloud;
    rpc = new RpcSignature(gatekeeper);
    acs3 = new Acs3Signature(gatekeeper);
  }

  @Override
  public WebReply answer(WebRequest request) {
    Map<String, String> parameters = new TreeMap<>();
    CloudReply reply;
    try {
      read(request, parameters);
      reply = proved(request, parameters);
    } catch (CloudException refusal) {
      reply = refused(parameters, refusal);
    } catch (IllegalArgumentException badEscape) {
      reply = refused(
          parameters,
          new CloudException(400, "InvalidParameter", "The request is not well encoded."));
    }
    return new WebReply(
        reply.status(),
        List.of(
            Map.entry("Content-Type", reply.contentType()),
            Map.entry("x-acs-request-id", reply.requestId())),
        reply.body().getBytes(StandardCharsets.UTF_8),
        reply.delay(),
        reply.lost());
  }

  private static void read(WebRequest request, Map<String, String> parameters) {
    if (!request.path().equals("/")) {
      throw new CloudException(
          404, "InvalidAction.NotFound", "RPC products are called at the path /.");
    }
    request.queryPairs().forEach(pair -> parameters.put(pair.getKey(), pair.getValue()));
    if (request.isForm()) {
      WebRequest.pairs(request.text())
          .forEach(pair -> parameters.put(pair.getKey(), pair.getValue()));
    }
    // ACS3 allows both in headers
    putIfGiven(parameters, "Action", request.header("x-acs-action"));
    putIfGiven(parameters, "Version", request.header("x-acs-version"));
  }

  private static void putIfGiven(Map<String, String> parameters, String name, String value) {
    if (!value.isEmpty()) {
      parameters.putIfAbsent(name, value);
    }
  }

  private CloudReply proved(WebRequest request, Map<String, String> parameters) {
    String version = parameters.getOrDefault("Version", "");
    if (version.isEmpty()) {
      throw new CloudException(400, "MissingVersion", "Version is mandatory for this action.");
    }
    String action = parameters.getOrDefault("Action", "");
    if (action.isEmpty()) {
      throw new CloudException(400, "MissingAction", "Action is mandatory.");
    }
    CloudService service = cloud
        .byVersion(version)
        .orElseThrow(() ->
            new CloudException(400, "NoSuchVersion", "The specified version does not exist."));
    Principal caller =
        Acs3Signature.isUsedBy(request) ? acs3.verify(request) : rpc.verify(request, parameters);
    Map<String, String> own = new TreeMap<>(parameters);
    own.keySet().removeAll(COMMON);
    return cloud.call(new CloudCall(
        service.product(),
        action,
        parameters.getOrDefault("RegionId", ""),
        caller,
        new Parameters(own)));
  }

  private CloudReply refused(Map<String, String> parameters, CloudException refusal) {
    String product = cloud
        .byVersion(parameters.getOrDefault("Version", ""))
        .map(CloudService::product)
        .orElse("OpenApi");
    String requestId = cloud.names().requestId();
    cloud
        .log()
        .add(
            "unverified",
            product,
            parameters.getOrDefault("Action", ""),
            parameters.getOrDefault("RegionId", ""),
            parameters,
            refusal.status(),
            refusal.code(),
            requestId,
            Duration.ZERO);
    return cloud.refused(product, requestId, refusal);
  }
}
