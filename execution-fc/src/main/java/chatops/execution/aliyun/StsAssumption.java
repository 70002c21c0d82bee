package chatops.execution.aliyun;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.Session;
import chatops.execution.aliyun.ServiceTable.Endpoint;
import chatops.execution.sts.FunctionRole;
import chatops.execution.sts.RoleAssumption;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.HttpResponse;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.sts.model.v20150401.AssumeRoleRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * STS AssumeRole by the typed request of aliyun-java-sdk-sts, signed with the function's own role. The answer is read by the
 * same code as every other call, so that an error keeps its code. Thread-safe.
 */
public final class StsAssumption implements RoleAssumption {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ServiceTable services;
  private final SdkClients clients;
  private final FunctionRole role;
  private final String regionId;

  public StsAssumption(
      ServiceTable services, SdkClients clients, FunctionRole role, String regionId) {
    this.services = services;
    this.clients = clients;
    this.role = role;
    this.regionId = regionId;
  }

  @Override
  public Session assume(String roleArn, String sessionName, Duration life) {
    Endpoint endpoint = services.endpoint(services.service("sts"), regionId);
    AssumeRoleRequest request = new AssumeRoleRequest();
    request.setSysMethod(MethodType.POST);
    request.setSysSignatureVersion(SignatureVersion.V3);
    request.setSysProtocol(endpoint.isHttps() ? ProtocolType.HTTPS : ProtocolType.HTTP);
    request.setSysEndpoint(endpoint.host());
    request.setSysRegionId(regionId);
    request.setSysReadTimeout((int) TIMEOUT.toMillis());
    request.setRoleArn(roleArn);
    request.setRoleSessionName(sessionName);
    request.setDurationSeconds(life.toSeconds());
    Session caller = caller();
    try {
      return read(clients.of(caller).doAction(request), roleArn, caller);
    } catch (ClientException e) {
      throw ErrorTranslation.unanswered(API, endpoint.host(), e);
    }
  }

  private Session caller() {
    try {
      FunctionRole.Keys keys = role.current();
      return new Session(
          "function role",
          keys.accessKeyId(),
          keys.accessKeySecret(),
          keys.securityToken(),
          keys.expiration());
    } catch (IllegalStateException e) {
      throw new ApiException(
          API, "NoFunctionRole", String.valueOf(e.getMessage()), "", 0, Verdict.FINAL, null);
    }
  }

  private static Session read(HttpResponse answer, String roleArn, Session caller) {
    byte[] content = answer.getHttpContent() == null ? new byte[0] : answer.getHttpContent();
    JsonNode body = AnswerBody.read(content).orElse(null);
    if (!answer.isSuccess()) {
      throw explained(
          ErrorTranslation.answered(API, answer.getStatus(), body, "", caller), roleArn);
    }
    JsonNode credentials = body == null ? MissingNode.getInstance() : body.path("Credentials");
    if (!credentials.hasNonNull("AccessKeyId")) {
      throw ErrorTranslation.unreadable(API, answer.getStatus(), "");
    }
    try {
      return new Session(
          roleArn,
          credentials.path("AccessKeyId").asText(),
          credentials.path("AccessKeySecret").asText(),
          credentials.path("SecurityToken").asText(),
          Instant.parse(credentials.path("Expiration").asText()));
    } catch (DateTimeParseException e) {
      throw ErrorTranslation.unreadable(API, answer.getStatus(), "");
    }
  }

  /** STS says the same for two causes: name both, with the fix. */
  private static ApiException explained(ApiException failure, String roleArn) {
    String hint = switch (failure.code()) {
      case "NoPermission" ->
        "; either the function's role lacks sts:AssumeRole on " + roleArn
            + ", or that role does not trust the function's role";
      case "EntityNotExist.Role" ->
        "; " + roleArn + " does not exist: create it, or correct roles.allowed in chatops.yaml";
      default -> "";
    };
    if (hint.isEmpty()) {
      return failure;
    }
    return new ApiException(
        API,
        failure.code(),
        "assuming " + roleArn + " was refused" + hint,
        failure.requestId(),
        failure.httpStatus(),
        failure.verdict(),
        failure.body());
  }
}
