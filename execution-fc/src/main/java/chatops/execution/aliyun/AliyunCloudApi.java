package chatops.execution.aliyun;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.CloudApi;
import chatops.engine.cloud.Session;
import chatops.execution.aliyun.ServiceTable.Endpoint;
import chatops.execution.aliyun.ServiceTable.Service;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.HttpResponse;
import com.aliyuncs.http.ProtocolType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * OpenAPI calls by aliyun-java-sdk-core. The endpoint always comes from the {@link ServiceTable}, the answer is read here
 * (the SDK loses error codes of answers it cannot parse), nothing is retried. RPC calls are signed ACS3, ROA calls with
 * version 1, because 4.7.10 signs an ACS3 ROA body as if it were empty. Thread-safe.
 */
public final class AliyunCloudApi implements CloudApi {
  private final ServiceTable services;
  private final SdkClients clients;
  private final Consumer<Session> expired;
  private final RpcCall rpc = new RpcCall();

  /** @param expired told of a session the cloud calls expired, so that the next call gets a new one */
  public AliyunCloudApi(ServiceTable services, SdkClients clients, Consumer<Session> expired) {
    this.services = services;
    this.clients = clients;
    this.expired = expired;
  }

  @Override
  public ApiResponse call(ApiRequest request, Session session, Duration timeout) {
    Service service = services.service(request.service());
    refuseUnsupported(service, request);
    Endpoint endpoint = services.endpoint(service, request.regionId());
    ApiRequest.Roa roa = request.roa();
    CommonRequest call = roa == null ? rpc.of(service, request) : RoaCall.of(service, request, roa);
    call.setSysProtocol(endpoint.isHttps() ? ProtocolType.HTTPS : ProtocolType.HTTP);
    call.setSysDomain(endpoint.host());
    call.setSysRegionId(request.regionId());
    call.setSysReadTimeout((int) timeout.toMillis());
    try {
      return read(request, clients.of(session).doAction(call.buildRequest()), session);
    } catch (ClientException e) {
      throw ErrorTranslation.unanswered(request.name(), endpoint.host(), e);
    }
  }

  private ApiResponse read(ApiRequest request, HttpResponse answer, Session session) {
    byte[] content = answer.getHttpContent() == null ? new byte[0] : answer.getHttpContent();
    Optional<JsonNode> body = AnswerBody.read(content);
    String headerId = header(answer, "x-acs-request-id", "x-fc-request-id");
    if (answer.isSuccess()) {
      return success(request, answer.getStatus(), content, body, headerId);
    }
    ApiException failure = ErrorTranslation.answered(
        request.name(), answer.getStatus(), body.orElse(null), headerId, session);
    if (ErrorTranslation.isExpiredSession(failure.code())) {
      expired.accept(session);
    }
    JsonNode said = failure.body();
    if (said != null && isPassedDryRun(request, failure.code())) {
      return new ApiResponse(said, failure.requestId());
    }
    throw failure;
  }

  private static ApiResponse success(
      ApiRequest request, int status, byte[] content, Optional<JsonNode> body, String headerId) {
    if (body.isPresent()) {
      String id = body.get().path("RequestId").asText("");
      return new ApiResponse(body.get(), id.isEmpty() ? headerId : id);
    }
    if (request.roa() == null) {
      throw ErrorTranslation.unreadable(request.name(), status, headerId);
    }
    // a function's own answer need not be JSON: templates read it under this name
    return new ApiResponse(
        JsonNodeFactory.instance
            .objectNode()
            .put("data", new String(content, StandardCharsets.UTF_8)),
        headerId);
  }

  /** A dry run that would have succeeded is answered as an error with one of these codes. */
  private static boolean isPassedDryRun(ApiRequest request, String code) {
    return request.parameters().path("DryRun").asBoolean(false)
        && (code.equals("DryRunOperation") || code.equals("DRYRUN.SUCCESS"));
  }

  private static void refuseUnsupported(Service service, ApiRequest request) {
    String reason = switch (service.style()) {
      case INTERNAL ->
        "this service is internal to the vendor and cannot be called; remove the task";
      case OSS, MNS ->
        "this service has its own protocol, which is not supported yet; call it from a function, or"
            + " do this step by hand";
      case ROA ->
        request.roa() == null
            ? "this service needs Method and URI beside Parameters; add them to the task"
            : "";
      case RPC -> "";
    };
    if (!reason.isEmpty()) {
      throw new ApiException(request.name(), "NotSupported", reason, "", 0, Verdict.FINAL, null);
    }
  }

  private static String header(HttpResponse answer, String... names) {
    for (String name : names) {
      for (var entry : answer.getSysHeaders().entrySet()) {
        if (entry.getKey().equalsIgnoreCase(name)) {
          return entry.getValue();
        }
      }
    }
    return "";
  }
}
