package chatops.chat.fc;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.fc.FunctionClient.Key;
import chatops.chat.fc.RecordingServer.Recorded;
import com.aliyun.fc20230330.Client;
import com.aliyun.fc20230330.models.GetAsyncTaskRequest;
import com.aliyun.fc20230330.models.InvokeFunctionHeaders;
import com.aliyun.fc20230330.models.InvokeFunctionRequest;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import com.google.gson.Gson;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both clients send the same message to one recording server; ours is given the clock and the nonce the other used. */
class Fc3GoldenTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  record Case(
      String name,
      String function,
      String accessKeyId,
      String accessKeySecret,
      String securityToken,
      String taskId,
      int delay,
      String text) {
    byte[] message() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var file =
        Objects.requireNonNull(Fc3GoldenTest.class.getResourceAsStream("/cases/fc3-golden.json"));
    return Arrays.stream(
        new Gson().fromJson(new InputStreamReader(file, StandardCharsets.UTF_8), Case[].class));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void an_asynchronous_invocation_is_signed_as_the_official_client_signs_it(Case given)
      throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      InvokeFunctionHeaders headers = new InvokeFunctionHeaders()
          .setXFcInvocationType("Async")
          .setXFcAsyncTaskId(given.taskId());
      if (given.delay() > 0) {
        headers.setCommonHeaders(new HashMap<>(Map.of("x-fc-async-delay", "" + given.delay())));
      }
      InvokeFunctionRequest request =
          new InvokeFunctionRequest().setBody(new ByteArrayInputStream(given.message()));
      official(given, server)
          .invokeFunctionWithOptions(given.function(), request, headers, new RuntimeOptions());
      Recorded theirs = server.take();

      FunctionClient.Submission submission = ours(given, server, theirs)
          .submit(given.message(), given.taskId(), Duration.ofSeconds(given.delay()), TIMEOUT);

      assertSame(server.take(), theirs);
      assertThat(submission)
          .isEqualTo(
              new FunctionClient.Submission(FunctionClient.Receipt.ACCEPTED, "1-6565-abc", "202"));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_synchronous_invocation_is_signed_as_the_official_client_signs_it(Case given)
      throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      InvokeFunctionHeaders headers = new InvokeFunctionHeaders().setXFcInvocationType("Sync");
      InvokeFunctionRequest request =
          new InvokeFunctionRequest().setBody(new ByteArrayInputStream(given.message()));
      official(given, server)
          .invokeFunctionWithOptions(given.function(), request, headers, new RuntimeOptions());
      Recorded theirs = server.take();

      ours(given, server, theirs).invoke(given.message(), TIMEOUT);

      assertSame(server.take(), theirs);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_question_for_a_task_is_signed_as_the_official_client_signs_it(Case given)
      throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      official(given, server)
          .getAsyncTask(given.function(), given.taskId(), new GetAsyncTaskRequest());
      Recorded theirs = server.take();

      ours(given, server, theirs).exists(key(given), given.taskId(), TIMEOUT);

      assertSame(server.take(), theirs);
    }
  }

  private static void assertSame(Recorded ours, Recorded theirs) {
    assertThat(ours.method()).isEqualTo(theirs.method());
    assertThat(ours.target()).isEqualTo(theirs.target());
    assertThat(ours.body()).isEqualTo(theirs.body());
    assertThat(ours.headers().get("authorization"))
        .isEqualTo(theirs.headers().get("authorization"));
    assertThat(meaning(ours)).isEqualTo(meaning(theirs));
  }

  /** Every header but those that only speak of the HTTP library. */
  private static Map<String, String> meaning(Recorded request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach((name, value) -> headers.put(name, value));
    for (String transport : new String[] {"user-agent", "accept-encoding", "connection"}) {
      headers.remove(transport);
    }
    return headers;
  }

  private static Client official(Case given, RecordingServer server) throws Exception {
    Config config = new Config()
        .setAccessKeyId(given.accessKeyId())
        .setAccessKeySecret(given.accessKeySecret())
        .setEndpoint(server.host())
        .setProtocol("HTTP");
    return new Client(
        given.securityToken().isEmpty() ? config : config.setSecurityToken(given.securityToken()));
  }

  private static Fc3FunctionClient ours(Case given, RecordingServer server, Recorded theirs) {
    Instant date = Instant.parse(Objects.requireNonNull(theirs.headers().get("x-acs-date")));
    String nonce = Objects.requireNonNull(theirs.headers().get("x-acs-signature-nonce"));
    Endpoint endpoint = Endpoint.parse("http://" + server.host());
    return new Fc3FunctionClient(
        endpoint, given.function(), () -> key(given), InstantSource.fixed(date), () -> nonce);
  }

  private static Key key(Case given) {
    return new Key(given.accessKeyId(), given.accessKeySecret(), given.securityToken());
  }
}
