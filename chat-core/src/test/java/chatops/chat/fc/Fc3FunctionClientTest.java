package chatops.chat.fc;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.fc.FunctionClient.Key;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.fc.FunctionClient.Submission;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Fc3FunctionClientTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Key KEY = new Key("STS.id", "the-secret", "the-token");
  private static final byte[] MESSAGE = {1, 2, 3};

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

  @ParameterizedTest
  @CsvSource({
    "202, '', ACCEPTED, 202",
    "200, '', UNKNOWN, 200",
    "302, '', UNKNOWN, 302",
    "400, '{\"ErrorCode\":\"EntityTooLarge\",\"ErrorMessage\":\"the-token\"}', REJECTED, 400 EntityTooLarge",
    "403, '{\"RequestId\":\"r\",\"Code\":\"AccessDenied\",\"Message\":\"the-token\"}', REJECTED, 403 AccessDenied",
    "404, 'the-token', REJECTED, 404",
    "408, '', UNKNOWN, 408",
    "409, '{\"errorCode\":\"StatefulAsyncInvocationAlreadyExists\"}', DUPLICATE, 409 StatefulAsyncInvocationAlreadyExists",
    "409, '', DUPLICATE, 409",
    "409, '{\"Code\":\"ConcurrentUpdateError\"}', THROTTLED, 409 ConcurrentUpdateError",
    "429, '{\"Code\" : \"ResourceExhausted\"}', THROTTLED, 429 ResourceExhausted",
    "499, '', UNKNOWN, 499",
    "500, '{\"Code\":\"the token is: the-token\"}', UNKNOWN, 500",
    "500, '{\"Code\":', UNKNOWN, 500",
    "503, '{\"Code\":\"ResourceThrottled\"}', THROTTLED, 503 ResourceThrottled",
  })
  void each_answer_means_one_receipt(int status, String body, Receipt receipt, String detail) {
    answer(aResponse().withStatus(status).withHeader("X-Fc-Request-Id", "r-1").withBody(body));

    assertThat(submit(PATIENT)).isEqualTo(new Submission(receipt, "r-1", detail));
    assertThat(peer.getAllServeEvents()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"200, DUPLICATE", "404, REJECTED", "403, UNKNOWN", "500, UNKNOWN"})
  void a_400_is_a_duplicate_when_the_task_exists(int status, Receipt receipt) {
    String functions = "/2023-03-30/functions/execution";
    peer.stubFor(post(urlEqualTo(functions + "/invocations"))
        .willReturn(aResponse().withStatus(400).withBody("{\"Code\":\"InvalidArgument\"}")));
    peer.stubFor(
        get(urlEqualTo(functions + "/async-tasks/c_1")).willReturn(aResponse().withStatus(status)));

    assertThat(submit(PATIENT).receipt()).isEqualTo(receipt);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_broken_connection_leaves_the_fate_unknown_and_is_not_repeated(Fault fault) {
    answer(aResponse().withFault(fault));

    Submission submission = submit(PATIENT);

    assertThat(submission.receipt()).isIn(Receipt.UNKNOWN);
    assertThat(submission.detail()).doesNotContain("the-");
    assertThat(peer.getAllServeEvents()).hasSize(1);
  }

  @Test
  void a_connection_that_died_idle_does_not_send_the_message_twice() {
    answer(aResponse().withStatus(202));
    assertThat(submit(PATIENT).receipt()).isEqualTo(Receipt.ACCEPTED);
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    peer.resetRequests();

    assertThat(submit(PATIENT).receipt()).isEqualTo(Receipt.UNKNOWN);

    assertThat(peer.getAllServeEvents()).hasSize(1);
  }

  @Test
  void messages_that_follow_each_other_over_one_connection_are_all_posts() {
    answer(aResponse().withStatus(202));
    byte[] body = MESSAGE.clone();
    for (int i = 0; i < 5; i++) {
      body[0] = (byte) i;
      assertThat(client().submit(body, "c_" + i, Duration.ZERO, PATIENT).receipt())
          .isEqualTo(Receipt.ACCEPTED);
    }

    assertThat(peer.getAllServeEvents())
        .extracting(event -> event.getRequest().getMethod().getName() + " "
            + event.getRequest().getBody()[0] + " of "
            + event.getRequest().getHeader("Content-Length"))
        .containsExactlyInAnyOrder(
            "POST 0 of 3", "POST 1 of 3", "POST 2 of 3", "POST 3 of 3", "POST 4 of 3");
  }

  @Test
  void a_peer_that_closes_after_each_answer_costs_one_try_at_most() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      AtomicInteger taken = new AtomicInteger();
      Thread thread = new Thread(() -> answerOnceEach(server, taken), "closing-peer");
      thread.setDaemon(true);
      thread.start();
      FunctionClient client = client("http://127.0.0.1:" + server.getLocalPort(), KEY);
      for (int i = 0; i < 6; i++) {
        Receipt first = client.submit(MESSAGE, "c_" + i, Duration.ZERO, PATIENT).receipt();
        if (first != Receipt.ACCEPTED) {
          assertThat(first).isEqualTo(Receipt.UNKNOWN);
          assertThat(client.submit(MESSAGE, "c_" + i, Duration.ZERO, PATIENT).receipt())
              .isEqualTo(Receipt.ACCEPTED);
        }
      }
      assertThat(taken).hasValue(6);
    }
  }

  /** Promises to keep the connection, and does not. */
  private static void answerOnceEach(ServerSocket server, AtomicInteger taken) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        readRequest(socket);
        taken.incrementAndGet();
        write(socket, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
      } catch (IOException closed) {
        // ends with the loop's condition
      }
    }
  }

  private static void readRequest(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    socket.getInputStream().readNBytes(MESSAGE.length);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void a_slow_answer_is_given_up_at_the_timeout() {
    answer(aResponse().withStatus(202).withFixedDelay(60_000));

    assertGivenUp();
  }

  @Test
  void an_answer_that_dribbles_is_given_up_at_the_timeout() {
    answer(
        aResponse().withStatus(500).withBody("x".repeat(100)).withChunkedDribbleDelay(50, 60_000));

    assertGivenUp();
  }

  @Test
  void over_a_kept_connection_a_slow_answer_is_given_up_at_the_timeout() {
    acceptOne();
    answer(aResponse().withStatus(202).withFixedDelay(60_000));

    assertGivenUp();
  }

  @Test
  void over_a_kept_connection_an_answer_that_dribbles_is_given_up_at_the_timeout() {
    acceptOne();
    answer(
        aResponse().withStatus(500).withBody("x".repeat(100)).withChunkedDribbleDelay(50, 60_000));

    assertGivenUp();
  }

  @Test
  void over_a_kept_connection_a_head_that_dribbles_is_given_up_at_the_timeout() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CountDownLatch closed = new CountDownLatch(1);
      Thread thread = new Thread(() -> answerThenDribble(server, closed), "dribbling-peer");
      thread.setDaemon(true);
      thread.start();
      FunctionClient client = client("http://127.0.0.1:" + server.getLocalPort(), KEY);
      assertThat(client.submit(MESSAGE, "c_1", Duration.ZERO, PATIENT).receipt())
          .isEqualTo(Receipt.ACCEPTED);

      Submission submission = client.submit(MESSAGE, "c_2", Duration.ZERO, Duration.ofMillis(300));

      assertThat(submission.receipt()).isEqualTo(Receipt.UNKNOWN);
      assertThat(submission.detail()).startsWith("no answer: ");
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Each byte comes well within what a read may take. */
  private static void answerThenDribble(ServerSocket server, CountDownLatch closed) {
    try (Socket socket = server.accept()) {
      readRequest(socket);
      write(socket, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
      readRequest(socket);
      write(socket, "HTTP/1.1 202 Accepted\r\nX-Long: ");
      while (true) {
        write(socket, "x");
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException gone) {
      closed.countDown();
    }
  }

  private void acceptOne() {
    answer(aResponse().withStatus(202));
    assertThat(submit(PATIENT).receipt()).isEqualTo(Receipt.ACCEPTED);
  }

  private void assertGivenUp() {
    long start = System.nanoTime();
    Submission submission = submit(Duration.ofMillis(300));
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(submission.receipt()).isEqualTo(Receipt.UNKNOWN);
    assertThat(submission.detail()).startsWith("no answer: ");
    assertThat(took).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void nobody_listening_leaves_the_fate_unknown() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    Submission submission =
        client("http://127.0.0.1:" + port, KEY).submit(MESSAGE, "c_1", Duration.ZERO, PATIENT);

    assertThat(submission)
        .isEqualTo(new Submission(Receipt.UNKNOWN, "", "no answer: ConnectException"));
  }

  @Test
  void a_message_over_the_limit_is_refused_before_anything_is_sent() {
    answer(aResponse().withStatus(202));

    assertThat(client().submit(new byte[131_072], "c_1", Duration.ZERO, PATIENT).receipt())
        .isEqualTo(Receipt.ACCEPTED);
    assertThat(client().submit(new byte[131_073], "c_1", Duration.ZERO, PATIENT))
        .isEqualTo(
            new Submission(Receipt.REJECTED, "", "the message has 131073 bytes, FC takes 131072"));
    assertThat(peer.getAllServeEvents()).hasSize(1);
  }

  @Test
  void without_keys_nothing_is_sent() {
    FunctionClient keyless =
        client(peer.baseUrl().replace("localhost", "127.0.0.1"), new Key("", "", ""));

    assertThat(keyless.submit(MESSAGE, "c_1", Duration.ZERO, PATIENT).receipt())
        .isEqualTo(Receipt.REJECTED);
    assertThatThrownBy(() -> keyless.invoke(MESSAGE, PATIENT)).isInstanceOf(IOException.class);
    assertThat(peer.getAllServeEvents()).isEmpty();
  }

  @Test
  void keys_are_read_anew_for_every_call() {
    answer(aResponse().withStatus(202));
    int[] reads = {0};
    Endpoint endpoint = Endpoint.parse("http://127.0.0.1:" + peer.port());
    Fc3FunctionClient client = new Fc3FunctionClient(
        endpoint,
        "execution",
        () -> new Key("id-" + reads[0]++, "s", "t"),
        InstantSource.fixed(Instant.EPOCH));

    client.submit(MESSAGE, "c_1", Duration.ZERO, PATIENT);
    client.submit(MESSAGE, "c_2", Duration.ZERO, PATIENT);

    assertThat(peer.getAllServeEvents())
        .extracting(event -> event.getRequest().getHeader("x-acs-accesskey-id"))
        .containsExactlyInAnyOrder("id-0", "id-1");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, ''", "PT0.2S, 1", "PT1S, 1", "PT1H, 3600", "PT26H, 3600", "PT-5S, ''"})
  void a_delay_stays_within_one_second_and_one_hour(Duration delay, String header) {
    assertThat(TaskIds.seconds(delay)).isEqualTo(header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "-a", "a.b", "a b", "a\r\nX-Evil: 1", "é"})
  void a_task_id_fc_would_refuse_is_not_sent(String taskId) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client().submit(MESSAGE, taskId, Duration.ZERO, PATIENT));
    assertThatIllegalArgumentException().isThrownBy(() -> TaskIds.check("a".repeat(129)));
    TaskIds.check("a".repeat(128));
  }

  @Test
  void a_function_error_is_told_by_the_header_not_by_the_status() throws IOException {
    answer(aResponse()
        .withStatus(200)
        .withHeader("X-Fc-Error-Type", "UnhandledInvocationError")
        .withBody("{}"));

    FunctionClient.Answer answer = client().invoke(MESSAGE, PATIENT);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.functionError()).isEqualTo("UnhandledInvocationError");
    assertThat(answer.body()).isEqualTo(new byte[] {'{', '}'});
  }

  @Test
  void a_refused_synchronous_call_brings_its_status_and_body() throws IOException {
    answer(aResponse().withStatus(429).withBody("busy"));

    FunctionClient.Answer answer = client().invoke(MESSAGE, PATIENT);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("busy");
  }

  @Test
  void keys_do_not_show_in_text() {
    assertThat(KEY.toString()).doesNotContain("STS", "secret", "token");
  }

  private void answer(ResponseDefinitionBuilder response) {
    peer.stubFor(any(anyUrl()).willReturn(response));
  }

  private Submission submit(Duration timeout) {
    return client().submit(MESSAGE, "c_1", Duration.ZERO, timeout);
  }

  private Fc3FunctionClient client() {
    return client("http://127.0.0.1:" + peer.port(), KEY);
  }

  private static Fc3FunctionClient client(String endpoint, Key key) {
    return new Fc3FunctionClient(
        Endpoint.parse(endpoint), "execution", () -> key, InstantSource.fixed(Instant.EPOCH));
  }
}
