package chatops.cloudsim.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.fc.FunctionRuntime;
import chatops.cloudsim.fc.FunctionSpec;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import com.aliyun.fc20230330.Client;
import com.aliyun.fc20230330.models.InvokeFunctionHeaders;
import com.aliyun.fc20230330.models.InvokeFunctionRequest;
import com.aliyun.fc20230330.models.InvokeFunctionResponse;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import com.aliyuncs.fc.client.FunctionComputeClient;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FunctionSdkTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final CloudSim sim = CloudSim.builder().clock(clock).seed(7).start();
  private final Role functionRole = sim.identities()
      .role("chatops-execution", Policy.allow("sts:AssumeRole"), Role.FUNCTION_COMPUTE);
  private final Principal.RoleSession front = sim.identities()
      .session(
          sim.identities()
              .role("chatops-front", Policy.allow("fc:InvokeFunction"), Role.FUNCTION_COMPUTE),
          "front",
          Duration.ofHours(36),
          Optional.empty());
  private final List<FunctionRuntime.Request> received = new CopyOnWriteArrayList<>();
  private String errorStatus = "200";

  FunctionSdkTest() {
    FunctionRuntime echo = request -> {
      received.add(request);
      return new FunctionRuntime.Reply(
          200, List.of(Map.entry("x-fc-status", errorStatus)), request.body());
    };
    sim.functions().register(FunctionSpec.named("execution", functionRole.arn(), echo));
    sim.functions()
        .register(FunctionSpec.named("execution", functionRole.arn(), echo).service("chatops"));
  }

  @AfterEach
  void close() {
    sim.close();
  }

  @Test
  void fc3_client_hands_an_event_over_and_the_queue_delivers_it_with_fresh_credentials()
      throws Exception {
    InvokeFunctionResponse accepted = invoke3(front, "Async", "c_1", Map.of(), "{\"n\":1}");

    assertThat(accepted.getStatusCode()).isEqualTo(202);
    assertThat(accepted.getHeaders().get("x-fc-request-id")).isNotBlank();
    assertThat(received).isEmpty();
    sim.advance(Duration.ZERO);
    assertThat(received).singleElement().satisfies(request -> {
      assertThat(request.pathAndQuery()).isEqualTo("/invoke");
      assertThat(new String(request.body(), UTF_8)).isEqualTo("{\"n\":1}");
      assertThat(header(request, "x-fc-request-id"))
          .isEqualTo(accepted.getHeaders().get("x-fc-request-id"));
      assertThat(header(request, "x-fc-control-path")).isEqualTo("/invoke");
      assertThat(header(request, "x-fc-account-id")).isEqualTo("1234567890123456");
      assertThat(sim.identities().byAccessKey(header(request, "x-fc-access-key-id")))
          .hasValueSatisfying(
              caller -> assertThat(caller.arn()).isEqualTo(functionRole.arn() + "/execution"));
    });
  }

  @Test
  void fc3_client_sees_a_repeated_task_a_foreign_function_and_an_oversized_event()
      throws Exception {
    invoke3(front, "Async", "c_1", Map.of(), "{}");

    assertThat(refused3(front, "Async", "c_1", "{}").getStatusCode()).isEqualTo(409);
    assertThat(refused3(front, "Async", "c_2", "x".repeat(131_073)).getCode())
        .isEqualTo("EntityTooLarge");
    Principal.RamUser nobody = sim.identities().user("nobody", Policy.allow("ecs:*"));
    assertThat(refused3(nobody, "Async", "c_3", "{}").getCode()).isEqualTo("AccessDenied");
    invoke3(front, "Async", "c_4", Map.of(), "x".repeat(131_072));
  }

  @Test
  void fc3_client_reads_the_result_of_a_synchronous_call_and_the_error_header_of_a_failed_one()
      throws Exception {
    InvokeFunctionResponse fine = invoke3(front, "Sync", "", Map.of(), "ping");
    errorStatus = "404";
    InvokeFunctionResponse failed = invoke3(front, "Sync", "", Map.of(), "ping");

    assertThat(new String(fine.getBody().readAllBytes(), UTF_8)).isEqualTo("ping");
    assertThat(failed.getStatusCode()).isEqualTo(200);
    assertThat(failed.getHeaders()).containsEntry("x-fc-error-type", "HandledInvocationError");
  }

  @Test
  void fc3_delay_header_holds_the_event_back() throws Exception {
    invoke3(front, "Async", "c_1", Map.of("x-fc-async-delay", "30"), "{}");

    sim.advance(Duration.ofSeconds(29));
    assertThat(received).isEmpty();
    sim.advance(Duration.ofSeconds(1));
    assertThat(received).hasSize(1);
  }

  @Test
  void fc2_client_reaches_the_function_of_a_service_only() {
    FunctionComputeClient client = client2(front.accessKeySecret());
    var request = new com.aliyuncs.fc.request.InvokeFunctionRequest("chatops", "execution");
    request
        .setPayload("{\"n\":2}".getBytes(UTF_8))
        .setInvocationType("Async")
        .setStatefulAsyncInvocationId("c_9");

    com.aliyuncs.fc.response.InvokeFunctionResponse accepted = client.invokeFunction(request);
    sim.advance(Duration.ZERO);

    assertThat(accepted.getStatus()).isEqualTo(202);
    assertThat(received).singleElement().satisfies(it -> {
      assertThat(new String(it.body(), UTF_8)).isEqualTo("{\"n\":2}");
      assertThat(header(it, "x-fc-service-name")).isEqualTo("chatops");
    });
    assertThat(refused2(client, "other", "execution").getStatusCode()).isEqualTo(404);
  }

  /** The old client cannot read errors on a new JDK unless gson is pinned; then the status is right and the code is its own. */
  @Test
  void fc2_client_with_a_wrong_secret_gets_the_status_at_least() {
    var error = refused2(client2("not-the-secret"), "chatops", "execution");

    assertThat(error.getStatusCode()).isEqualTo(403);
    assertThat(error.getErrorCode()).isIn("SignatureNotMatch", "SDK.ResponseNotParsable");
    assertThat(sim.log().of("FC", "InvokeFunction"))
        .singleElement()
        .satisfies(record -> assertThat(record.code()).isEqualTo("SignatureNotMatch"));
  }

  private FunctionComputeClient client2(String secret) {
    var config = new com.aliyuncs.fc.config.Config(
        "cn-hangzhou",
        "1234567890123456",
        front.accessKeyId(),
        secret,
        front.securityToken(),
        false);
    config
        .setEndpoint(sim.functionUrl().toString())
        .setConnectTimeoutMillis(2000)
        .setReadTimeoutMillis(5000);
    return new FunctionComputeClient(config);
  }

  private static com.aliyuncs.fc.exceptions.ClientException refused2(
      FunctionComputeClient client, String service, String function) {
    var request = new com.aliyuncs.fc.request.InvokeFunctionRequest(service, function);
    request.setPayload("{}".getBytes(UTF_8)).setInvocationType("Async");
    return Optional.ofNullable(catchThrowableOfType(
            com.aliyuncs.fc.exceptions.ClientException.class, () -> client.invokeFunction(request)))
        .orElseThrow(() -> new AssertionError("not refused"));
  }

  private InvokeFunctionResponse invoke3(
      Principal caller, String type, String taskId, Map<String, String> more, String payload)
      throws Exception {
    Config config = new Config();
    config.setAccessKeyId(caller.accessKeyId()).setAccessKeySecret(caller.accessKeySecret());
    if (caller instanceof Principal.RoleSession session) {
      config.setSecurityToken(session.securityToken());
    }
    config
        .setEndpoint(sim.functionUrl().getAuthority())
        .setProtocol("http")
        .setRegionId("cn-hangzhou");
    InvokeFunctionHeaders headers = new InvokeFunctionHeaders().setXFcInvocationType(type);
    headers.setCommonHeaders(new java.util.HashMap<>(more));
    if (!taskId.isEmpty()) {
      headers.setXFcAsyncTaskId(taskId);
    }
    InvokeFunctionRequest request = new InvokeFunctionRequest();
    request.setBody(new ByteArrayInputStream(payload.getBytes(UTF_8)));
    return new Client(config)
        .invokeFunctionWithOptions("execution", request, headers, new RuntimeOptions());
  }

  private TeaException refused3(Principal caller, String type, String taskId, String payload) {
    return Optional.ofNullable(catchThrowableOfType(
            TeaException.class, () -> invoke3(caller, type, taskId, Map.of(), payload)))
        .orElseThrow(() -> new AssertionError("not refused"));
  }

  private static String header(FunctionRuntime.Request request, String name) {
    return request.headers().stream()
        .filter(header -> header.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
