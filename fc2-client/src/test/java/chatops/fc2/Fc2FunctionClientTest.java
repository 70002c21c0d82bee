package chatops.fc2;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chatops.chat.fc.Endpoint;
import chatops.chat.fc.FunctionClient.Answer;
import chatops.chat.fc.FunctionClient.Key;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.fc.FunctionClient.Submission;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Fc2FunctionClientTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Key KEY = new Key("STS.id", "the-secret", "the-token");
  private static final byte[] MESSAGE = "{\"kind\":\"重启\"}".getBytes(UTF_8);
  private static final String FUNCTION = "/2016-08-15/services/ops/functions/execution";

  private final WireMockServer peer = new WireMockServer(
      WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void start() {
    peer.start();
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @Test
  void an_asynchronous_invocation_carries_task_id_delay_and_session_token() {
    answer(aResponse().withStatus(202).withHeader("X-Fc-Request-Id", "r-1"));

    Submission submission = client().submit(MESSAGE, "c_1", Duration.ofSeconds(15), PATIENT);

    assertThat(submission).isEqualTo(new Submission(Receipt.ACCEPTED, "r-1", "202"));
    LoggedRequest request = peer.getAllServeEvents().get(0).getRequest();
    assertThat(request.getUrl()).isEqualTo(FUNCTION + "/invocations");
    assertThat(request.getBody()).isEqualTo(MESSAGE);
    assertThat(request.getHeader("X-Fc-Invocation-Type")).isEqualTo("Async");
    assertThat(request.getHeader("X-Fc-Stateful-Async-Invocation-Id")).isEqualTo("c_1");
    assertThat(request.getHeader("X-Fc-Async-Delay")).isEqualTo("15");
    assertThat(request.getHeader("X-Fc-Security-Token")).isEqualTo("the-token");
    assertThat(request.getHeader("Authorization")).startsWith("FC STS.id:");
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', UNKNOWN, 200",
    "302, '{}', UNKNOWN, 302",
    "400, '{\"ErrorCode\":\"EntityTooLarge\"}', REJECTED, 400",
    "403, '{\"ErrorCode\":\"AccessDenied\",\"ErrorMessage\":\"the-token\"}', REJECTED, 403",
    "403, '', REJECTED, 403",
    "404, 'the-token', REJECTED, 404",
    "409, '{}', DUPLICATE, 409",
    "429, '{\"ErrorCode\":\"ResourceExhausted\"}', THROTTLED, 429",
    "429, '', THROTTLED, 429",
    "500, '{\"ErrorCode\":\"InternalServerError\"}', UNKNOWN, 500",
    "500, '', UNKNOWN, 500",
    "500, 'the-token', UNKNOWN, 500",
    "503, '{\"ErrorCode\":\"ResourceThrottled\"}', THROTTLED, 503",
  })
  void each_status_means_one_receipt_and_the_message_is_sent_once(
      int status, String body, Receipt receipt, String detail) {
    peer.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(404).withBody("{}")));
    peer.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));

    Submission submission = client().submit(MESSAGE, "c_1", Duration.ZERO, PATIENT);

    assertThat(submission.receipt()).isEqualTo(receipt);
    assertThat(submission.detail()).startsWith(detail).doesNotContain("the-");
    assertThat(peer.getAllServeEvents())
        .filteredOn(event -> event.getRequest().getMethod().getName().equals("POST"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"200, DUPLICATE", "404, REJECTED", "403, UNKNOWN"})
  void a_400_is_a_duplicate_when_the_task_exists(int status, Receipt receipt) {
    peer.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(400).withBody("{}")));
    peer.stubFor(get(urlPathEqualTo(FUNCTION + "/stateful-async-invocations/c_1"))
        .willReturn(aResponse().withStatus(status).withBody("{}")));

    assertThat(client().submit(MESSAGE, "c_1", Duration.ZERO, PATIENT).receipt())
        .isEqualTo(receipt);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_broken_connection_leaves_the_fate_unknown_and_is_not_repeated(Fault fault) {
    answer(aResponse().withFault(fault));

    Submission submission = client().submit(MESSAGE, "c_1", Duration.ZERO, PATIENT);

    assertThat(submission.receipt()).isEqualTo(Receipt.UNKNOWN);
    assertThat(submission.detail()).doesNotContain("the-", "http");
    assertThat(peer.getAllServeEvents()).hasSize(1);
  }

  @Test
  void a_slow_answer_is_given_up_at_the_timeout_of_the_call_or_of_the_client() {
    answer(aResponse().withStatus(202).withFixedDelay(60_000));

    long start = System.nanoTime();
    assertThat(client()
            .submit(MESSAGE, "c_1", Duration.ZERO, Duration.ofMillis(200))
            .receipt())
        .isEqualTo(Receipt.UNKNOWN);
    Fc2FunctionClient hasty = client(KEY, Duration.ofMillis(200));
    assertThat(hasty.submit(MESSAGE, "c_1", Duration.ZERO, PATIENT).receipt())
        .isEqualTo(Receipt.UNKNOWN);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void nobody_listening_leaves_the_fate_unknown() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Fc2FunctionClient client = new Fc2FunctionClient(
        Endpoint.parse("http://127.0.0.1:" + port),
        "1",
        "",
        "ops",
        "execution",
        () -> KEY,
        PATIENT,
        PATIENT);

    assertThat(client.submit(MESSAGE, "c_1", Duration.ZERO, PATIENT).receipt())
        .isEqualTo(Receipt.UNKNOWN);
    assertThatIOException().isThrownBy(() -> client.invoke(MESSAGE, PATIENT));
  }

  @Test
  void what_fc_would_refuse_is_not_sent() throws IOException {
    Fc2FunctionClient keyless = client(new Key("", "", ""), PATIENT);

    assertThat(client().submit(new byte[131_073], "c_1", Duration.ZERO, PATIENT).receipt())
        .isEqualTo(Receipt.REJECTED);
    assertThat(keyless.submit(MESSAGE, "c_1", Duration.ZERO, PATIENT).receipt())
        .isEqualTo(Receipt.REJECTED);
    assertThatIOException().isThrownBy(() -> keyless.invoke(MESSAGE, PATIENT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client().submit(MESSAGE, "1", Duration.ZERO, PATIENT));
    assertThat(peer.getAllServeEvents()).isEmpty();
  }

  @Test
  void a_synchronous_answer_brings_status_error_type_and_body() throws IOException {
    answer(aResponse()
        .withStatus(200)
        .withHeader("X-Fc-Error-Type", "HandledInvocationError")
        .withBody("{}"));

    Answer answer = client().invoke(MESSAGE, PATIENT);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.functionError()).isEqualTo("HandledInvocationError");
    assertThat(answer.body()).isEqualTo("{}".getBytes(UTF_8));
    LoggedRequest request = peer.getAllServeEvents().get(0).getRequest();
    assertThat(request.getHeader("X-Fc-Invocation-Type")).isEqualTo("Sync");
    assertThat(request.containsHeader("X-Fc-Stateful-Async-Invocation-Id")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "403, '{}'",
    "404, ''",
    "429, '{\"ErrorCode\":\"ResourceExhausted\"}'",
    "500, '{}'",
    "503, ''"
  })
  void a_refused_synchronous_call_brings_its_status(int status, String body) throws IOException {
    answer(aResponse().withStatus(status).withBody(body));

    assertThat(client().invoke(MESSAGE, PATIENT).status()).isEqualTo(status);
    assertThat(peer.getAllServeEvents()).hasSize(1);
  }

  private void answer(ResponseDefinitionBuilder response) {
    peer.stubFor(any(anyUrl()).willReturn(response));
  }

  private Fc2FunctionClient client() {
    return client(KEY, PATIENT);
  }

  private Fc2FunctionClient client(Key key, Duration submitTimeout) {
    return new Fc2FunctionClient(
        Endpoint.parse("http://127.0.0.1:" + peer.port()),
        "1234567890123456",
        "cn-hangzhou",
        "ops",
        "execution",
        () -> key,
        Duration.ofSeconds(5),
        submitTimeout);
  }
}
