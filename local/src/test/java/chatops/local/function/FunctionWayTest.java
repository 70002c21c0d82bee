package chatops.local.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.fc.FunctionClient;
import chatops.chat.fc.FunctionClient.Answer;
import chatops.chat.fc.FunctionClient.Key;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.fc.FunctionSpec;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Role;
import chatops.fc2.FunctionClients;
import chatops.runtime.FunctionServer;
import chatops.runtime.ServerOptions;
import com.aliyun.fc.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One function calls another as in the cloud: signed by a real client, queued, delivered, answered. */
class FunctionWayTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T08:00:00Z"));
  private final CloudSim cloud = CloudSim.builder().clock(clock).start();
  private final BlockingQueue<Key> keys = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final FunctionServer server;

  FunctionWayTest() throws IOException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    server = FunctionServer.start(this::handle, ServerOptions.loopback(0).withLog(nowhere));
  }

  private void handle(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), UTF_8);
    var role = context.getExecutionCredentials();
    keys.add(new Key(role.getAccessKeyId(), role.getAccessKeySecret(), role.getSecurityToken()));
    events.add(event + " #" + context.getRetryCount());
    if (event.equals("fail")) {
      throw new IllegalStateException("as asked");
    }
    out.write(("seen " + event).getBytes(UTF_8));
  }

  @BeforeEach
  void deploy() {
    Role role = cloud
        .identities()
        .role(
            "functions",
            Policy.allow("fc:InvokeFunction", "fc:GetAsyncTask"),
            Role.FUNCTION_COMPUTE);
    for (int status : List.of(409, 400)) {
      for (String service : List.of("", "ops")) {
        FunctionSpec spec = FunctionSpec.named(
                "execution-" + status, role.arn(), cloud.runtimeAt(url()))
            .duplicateTaskStatus(status)
            .retryAttempts(2);
        cloud.functions().register(service.isEmpty() ? spec : spec.service(service));
      }
    }
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  @AfterEach
  void stop() {
    server.close();
    cloud.close();
  }

  /** Keys reach a function as they do in the cloud: with an invocation. The first one comes from its HTTP trigger. */
  private FunctionClient client(int generation, int status) throws Exception {
    cloud.functions().serve("execution-409", "GET", "/", List.of(), new byte[0]);
    Key key = keys.take();
    events.clear();
    Map<String, String> environment = new HashMap<>(Map.of(
        "FC_ENDPOINT",
        cloud.functionUrl().toString(),
        "EXECUTION_FUNCTION",
        "execution-" + status));
    if (generation == 2) {
      environment.put("EXECUTION_SERVICE", "ops");
    }
    return FunctionClients.fromEnvironment(environment, () -> key);
  }

  @ParameterizedTest
  @CsvSource({"2, 409", "3, 409", "3, 400"})
  void a_message_submitted_twice_arrives_once(int generation, int status) throws Exception {
    FunctionClient client = client(generation, status);

    assertThat(client
            .submit("hello".getBytes(UTF_8), "c_1", Duration.ZERO, PATIENT)
            .receipt())
        .isEqualTo(Receipt.ACCEPTED);
    assertThat(client
            .submit("hello".getBytes(UTF_8), "c_1", Duration.ZERO, PATIENT)
            .receipt())
        .isEqualTo(Receipt.DUPLICATE);
    cloud.advance(Duration.ofSeconds(1));

    assertThat(events).containsExactly("hello #0");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void a_delay_holds_a_message_back(int generation) throws Exception {
    FunctionClient client = client(generation, 409);

    client.submit("later".getBytes(UTF_8), "w_1", Duration.ofSeconds(30), PATIENT);

    cloud.advance(Duration.ofSeconds(29));
    assertThat(events).isEmpty();
    cloud.advance(Duration.ofSeconds(2));
    assertThat(events).containsExactly("later #0");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void a_function_that_throws_is_called_again_with_a_rising_count(int generation) throws Exception {
    FunctionClient client = client(generation, 409);

    client.submit("fail".getBytes(UTF_8), "c_1", Duration.ZERO, PATIENT);
    cloud.advance(Duration.ofMinutes(1));

    assertThat(events).containsExactly("fail #0", "fail #1", "fail #2");
    assertThat(cloud.functions().failures()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void a_synchronous_call_brings_the_answer_or_the_kind_of_error(int generation) throws Exception {
    FunctionClient client = client(generation, 409);

    Answer answer = client.invoke("重启".getBytes(UTF_8), PATIENT);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("seen 重启");
    assertThat(answer.functionError()).isEmpty();

    assertThat(client.invoke("fail".getBytes(UTF_8), PATIENT).functionError())
        .endsWith("InvocationError");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void each_invocation_brings_keys_of_its_own(int generation) throws Exception {
    FunctionClient client = client(generation, 409);

    client.invoke("one".getBytes(UTF_8), PATIENT);
    client.invoke("two".getBytes(UTF_8), PATIENT);

    assertThat(keys.take()).isNotEqualTo(keys.take());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void a_wrong_secret_is_refused(int generation) throws Exception {
    Key key = new Key("STS.nobody", "wrong", "wrong");
    Map<String, String> environment = new HashMap<>(Map.of(
        "FC_ENDPOINT", cloud.functionUrl().toString(), "EXECUTION_FUNCTION", "execution-409"));
    if (generation == 2) {
      environment.put("EXECUTION_SERVICE", "ops");
    }
    FunctionClient client = FunctionClients.fromEnvironment(environment, () -> key);

    assertThat(client.submit("x".getBytes(UTF_8), "c_1", Duration.ZERO, PATIENT).receipt())
        .isEqualTo(Receipt.REJECTED);
    cloud.advance(Duration.ofMinutes(1));
    assertThat(events).isEmpty();
  }
}
