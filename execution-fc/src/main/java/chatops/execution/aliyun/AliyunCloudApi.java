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
import java.time.InstantSource;
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
  private final RoaPaths paths = new RoaPaths();
  private final OssCalls oss;
  private final DatedCalls dated;

  /**
   * @param clock stamps of the signatures made here
   * @param expired told of a session the cloud calls expired, so that the next call gets a new one
   */
  public AliyunCloudApi(
      ServiceTable services, SdkClients clients, InstantSource clock, Consumer<Session> expired) {
    this.services = services;
    this.clients = clients;
    this.expired = expired;
    OwnProtocol protocol = new OwnProtocol(clients.http(), expired);
    this.oss = new OssCalls(services, protocol, clock);
    this.dated = new DatedCalls(services, protocol, clock);
  }

  @Override
  public ApiResponse call(ApiRequest given, Session session, Duration timeout) {
    Service service = services.service(given.service());
    ApiRequest request = service.style() == ServiceTable.Style.ROA && given.roa() == null
        ? withPath(service, given)
        : given;
    refuseUnsupported(service, request);
    switch (service.style()) {
      case OSS -> {
        return oss.call(request, session, timeout);
      }
      case MNS, FC -> {
        return dated.call(service, request, session, timeout);
      }
      case RPC, ROA, INTERNAL -> {}
    }
    Endpoint endpoint = services.endpoint(service, request.regionId(), services.account(request));
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

  private ApiRequest withPath(Service service, ApiRequest given) {
    return paths
        .of(service.name(), given.api())
        .map(roa ->
            new ApiRequest(given.service(), given.api(), given.regionId(), given.parameters(), roa))
        .orElse(given);
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
      case ROA ->
        request.roa() == null
            ? "this service needs Method and URI beside Parameters; add them to the task"
            : "";
      case RPC, OSS, MNS, FC -> "";
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
