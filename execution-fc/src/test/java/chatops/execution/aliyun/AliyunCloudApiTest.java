package chatops.execution.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Session;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class AliyunCloudApiTest {
  private static final Session SESSION = new Session(
      "acs:ram::1:role/R",
      "STS.PLANTEDKEYID",
      "PLANTEDSECRET/+=",
      "PLANTEDTOKEN/+=",
      Instant.parse("2100-01-01T00:00:00Z"));
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ObjectMapper json = new ObjectMapper();
  private final WireMockServer peer =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final List<Session> expired = new ArrayList<>();

  @BeforeEach
  void start() {
    peer.start();
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @TestFactory
  Stream<DynamicTest> an_error_answer_gets_its_verdict() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("error-cases.yaml")) {
      List<?> cases = (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return cases.stream()
          .map(row -> (JsonNode) json.valueToTree(row))
          .map(row -> DynamicTest.dynamicTest(row.path("name").asText(), () -> check(row)));
    }
  }

  private void check(JsonNode row) {
    ObjectNode body = json.createObjectNode().put("RequestId", "REQ-1").put("Message", "said so");
    if (row.hasNonNull("code")) {
      body.put("Code", row.path("code").asText());
    }
    peer.resetAll();
    answer(aResponse().withStatus(row.path("status").asInt()).withBody(body.toString()));

    ApiException failure = failure(reboot(), TIMEOUT);

    assertThat(failure.verdict()).isEqualTo(Verdict.valueOf(row.path("verdict").asText()));
    assertThat(failure.requestId()).isEqualTo("REQ-1");
    assertThat(failure.httpStatus()).isEqualTo(row.path("status").asInt());
    assertThat(peer.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
  }

  @Test
  void a_request_names_region_and_endpoint_and_carries_its_token_in_a_header_only() {
    answer(aResponse().withBody("{\"RequestId\":\"R\"}"));

    call(reboot(), TIMEOUT);

    LoggedRequest request = peer.findAll(anyRequestedFor(anyUrl())).get(0);
    assertThat(request.getMethod().getName()).isEqualTo("POST");
    assertThat(request.queryParameter("RegionId").firstValue()).isEqualTo("cn-hangzhou");
    assertThat(request.queryParameter("Action").firstValue()).isEqualTo("RebootInstance");
    assertThat(request.queryParameter("InstanceId").firstValue()).isEqualTo("i-1");
    assertThat(request.getHeader("x-acs-security-token")).isEqualTo(SESSION.securityToken());
    assertThat(request.getHeader("Authorization")).startsWith("ACS3-HMAC-SHA256 ");
    assertThat(request.getUrl()).doesNotContain("PLANTED");
  }

  @Test
  void a_long_value_travels_in_the_body() {
    answer(aResponse().withBody("{}"));
    ApiRequest request = request("CreateImage");
    request.parameters().put("Description", "x".repeat(3000)).put("InstanceId", "i-1");

    call(request, TIMEOUT);

    LoggedRequest sent = peer.findAll(anyRequestedFor(anyUrl())).get(0);
    assertThat(sent.getBodyAsString()).isEqualTo("Description=" + "x".repeat(3000));
    assertThat(sent.queryParameter("InstanceId").firstValue()).isEqualTo("i-1");
  }

  @Test
  void a_script_travels_in_the_body_in_base64_with_what_it_is_given() {
    answer(aResponse().withBody("{}"));
    ApiRequest request = request("RunCommand");
    request
        .parameters()
        .put("CommandContent", "echo 你好\r\n")
        .putArray("InstanceId")
        .add("i-1");
    request.parameters().putObject("Parameters").put("values", "eA==");

    call(request, TIMEOUT);
    request.parameters().put("ContentEncoding", "PlainText");
    call(request, TIMEOUT);

    List<LoggedRequest> sent = peer.findAll(anyRequestedFor(anyUrl()));
    assertThat(sent.get(0).getUrl()).doesNotContain("CommandContent", "Parameters");
    assertThat(sent.get(0).formParameter("CommandContent").firstValue())
        .isEqualTo("ZWNobyDkvaDlpb0NCg==");
    assertThat(sent.get(0).formParameter("ContentEncoding").firstValue()).isEqualTo("Base64");
    assertThat(sent.get(1).formParameter("CommandContent").firstValue()).isEqualTo("echo 你好\r\n");
  }

  @Test
  void a_gateway_page_without_a_code_is_a_call_of_unknown_fate() {
    answer(aResponse()
        .withStatus(503)
        .withHeader("Content-Type", "text/html")
        .withBody("<html><p>503</html>"));

    ApiException failure = failure(reboot(), TIMEOUT);

    assertThat(failure.code()).isEqualTo("NoErrorCode");
    assertThat(failure.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void a_success_that_cannot_be_read_is_a_call_of_unknown_fate() {
    answer(aResponse().withBody("{\"RequestId\":\"R\", \"Inst"));

    ApiException failure = failure(reboot(), TIMEOUT);

    assertThat(failure.code()).isEqualTo("UnreadableAnswer");
    assertThat(failure.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void a_connection_that_breaks_is_a_call_of_unknown_fate_and_is_not_repeated() {
    for (Fault fault : List.of(
        Fault.CONNECTION_RESET_BY_PEER, Fault.EMPTY_RESPONSE, Fault.RANDOM_DATA_THEN_CLOSE)) {
      peer.resetAll();
      answer(aResponse().withFault(fault));

      ApiException failure = failure(reboot(), TIMEOUT);

      assertThat(failure.code()).as(fault.name()).isEqualTo("Unreachable");
      assertThat(failure.verdict()).as(fault.name()).isEqualTo(Verdict.UNKNOWN);
      assertThat(peer.findAll(anyRequestedFor(anyUrl()))).as(fault.name()).hasSize(1);
    }
  }

  @Test
  void a_body_that_trickles_ends_at_the_timeout() {
    answer(aResponse().withBody("{\"RequestId\":\"R\"}").withChunkedDribbleDelay(20, 60_000));
    long start = System.nanoTime();

    ApiException failure = failure(reboot(), Duration.ofMillis(700));

    assertThat(failure.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(failure.getMessage()).contains("no complete answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void a_refused_connection_was_provably_not_processed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ApiException failure = catchThrowableOfType(
        ApiException.class, () -> api("http://127.0.0.1:" + port).call(reboot(), SESSION, TIMEOUT));

    assertThat(failure.verdict()).isEqualTo(Verdict.NOT_PROCESSED);
    assertThat(failure.getMessage()).contains("127.0.0.1:" + port).doesNotContain("PLANTED");
  }

  @Test
  void a_dry_run_that_passed_is_a_success() {
    answer(
        aResponse().withStatus(400).withBody("{\"Code\":\"DryRunOperation\",\"RequestId\":\"R\"}"));
    ApiRequest request = reboot();
    request.parameters().put("DryRun", true);

    assertThat(call(request, TIMEOUT).requestId()).isEqualTo("R");
  }

  @Test
  void an_expired_session_is_reported_so_that_the_next_call_gets_another() {
    answer(aResponse().withStatus(400).withBody("{\"Code\":\"InvalidSecurityToken.Expired\"}"));

    failure(reboot(), TIMEOUT);

    assertThat(expired).containsExactly(SESSION);
  }

  @Test
  void no_secret_is_found_in_anything_an_error_says() {
    String echo =
        "string to sign is:POST&%2F&AccessKeyId%3DSTS.PLANTEDKEYID%26SecurityToken%3DPLANTEDTOKEN%252F%252B%253D"
            + " and PLANTEDTOKEN/+= and PLANTEDTOKEN%2F%2B%3D and Signature=PLANTEDSIGNATURE%3D&x=1"
            + " and https://h/?AccessKeyId=LTAI-PLANTED&Signature=PLANTED2 and Authorization: PLANTED3"
            + " access_token=PLANTED4";
    ObjectNode body =
        json.createObjectNode().put("Code", "SignatureDoesNotMatch").put("Message", echo);
    body.putObject("AccessDeniedDetail").putArray("Said").add(echo);
    answer(aResponse().withStatus(400).withBody(body.toString()));

    ApiException failure = failure(reboot(), TIMEOUT);

    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all + String.valueOf(failure.body())).doesNotContain("PLANTED").contains("x=1");
  }

  @Test
  void a_broken_connection_leaks_no_signed_url() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    ApiRequest roa = new ApiRequest(
        "CS",
        "DescribeClusterNodes",
        "cn-hangzhou",
        json.createObjectNode(),
        new ApiRequest.Roa("GET", "/clusters/c-1/nodes?pageSize=2", json.createObjectNode(), null));

    ApiException failure = failure(roa, TIMEOUT);

    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain("PLANTED").doesNotContain("Signature");
  }

  @Test
  void a_roa_call_has_its_verb_path_query_and_body() {
    answer(aResponse().withBody("[{\"a\":1}]"));
    ObjectNode parameters =
        json.createObjectNode().put("RegionId", "cn-hangzhou").put("force", true);
    ApiRequest roa = new ApiRequest(
        "cs",
        "x",
        "cn-hangzhou",
        parameters,
        new ApiRequest.Roa(
            "post", "/clusters/c 1/nodes?a=b%20c", json.createObjectNode(), "{\"n\":1}"));

    ApiResponse response = call(roa, TIMEOUT);

    LoggedRequest sent = peer.findAll(anyRequestedFor(anyUrl())).get(0);
    assertThat(response.body().isArray()).isTrue();
    assertThat(sent.getMethod().getName()).isEqualTo("POST");
    assertThat(sent.getUrl()).startsWith("/clusters/c%201/nodes?");
    assertThat(sent.queryParameter("a").firstValue()).isEqualTo("b c");
    assertThat(sent.queryParameter("force").firstValue()).isEqualTo("true");
    assertThat(sent.getBodyAsString()).isEqualTo("{\"n\":1}");
    assertThat(new String(sent.getBody(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":1}");
  }

  @Test
  void services_that_cannot_be_called_are_refused_before_anything_is_sent() {
    for (String service : List.of("OSS", "mns", "FC", "Rdc-inner", "nosuchservice", "CS")) {
      ApiRequest request =
          new ApiRequest(service, "X", "cn-hangzhou", json.createObjectNode(), null);

      assertThat(failure(request, TIMEOUT).verdict()).as(service).isEqualTo(Verdict.FINAL);
    }
    assertThat(peer.findAll(anyRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  void a_region_cannot_move_a_signed_call_to_another_host() {
    for (String region : List.of("evil.example.com/", "cn-hangzhou.evil.com", "", "CN", "cn-a@b")) {
      ApiRequest request = new ApiRequest("ecs", "X", region, json.createObjectNode(), null);

      assertThat(failure(request, TIMEOUT).code()).as(region).isEqualTo("InvalidRegionId");
    }
  }

  private void answer(ResponseDefinitionBuilder response) {
    peer.stubFor(any(anyUrl()).willReturn(response));
  }

  private ApiRequest request(String api) {
    return new ApiRequest("ECS", api, "cn-hangzhou", json.createObjectNode(), null);
  }

  private ApiRequest reboot() {
    ApiRequest request = request("RebootInstance");
    request.parameters().put("InstanceId", "i-1");
    return request;
  }

  private AliyunCloudApi api(String url) {
    return new AliyunCloudApi(
        new ServiceTable("*=" + url, "1"),
        new SdkClients(),
        java.time.InstantSource.system(),
        expired::add);
  }

  private ApiResponse call(ApiRequest request, Duration timeout) {
    return api(peer.baseUrl()).call(request, SESSION, timeout);
  }

  private ApiException failure(ApiRequest request, Duration timeout) {
    return catchThrowableOfType(ApiException.class, () -> call(request, timeout));
  }
}
