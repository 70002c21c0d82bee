package chatops.cloudsim.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.InstanceStatus;
import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.HttpClientType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final CloudSim sim =
      CloudSim.builder().clock(clock).control(0, "let-me-in").start();
  private final WebClient page = new WebClient();
  private final Principal.RamUser ann = sim.identities().user("ann", Policy.allow("ecs:*"));
  private final String id = sim.fleet().launch(InstanceSpec.named("web-01").stopped());

  @AfterEach
  void close() {
    page.close();
    sim.close();
  }

  @Test
  void throttling_is_status_400_and_only_for_as_many_calls_as_said() throws Exception {
    sim.faults().next(2, "Ecs", "*", Fault.throttle());
    ClassicClient client = client(HttpClientType.ApacheHttpClient);

    assertThat(failed(client).getErrCode()).isEqualTo("Throttling.User");
    assertThat(failed(client).getErrCode()).isEqualTo("Throttling.User");
    assertThat(sim.fleet().look(id).status()).isEqualTo(InstanceStatus.STOPPED);
    start(client);
    assertThat(sim.fleet().look(id).status()).isEqualTo(InstanceStatus.STARTING);
    assertThat(sim.log().of("Ecs", "StartInstance"))
        .extracting(record -> record.status())
        .containsExactly(400, 400, 200);
  }

  @Test
  void a_limit_takes_so_many_calls_in_each_span_of_time() throws Exception {
    control(
        "POST",
        "/faults",
        "let-me-in",
        "{\"service\":\"Ecs\",\"fault\":\"limit\",\"calls\":1,\"seconds\":60}");
    ClassicClient client = client(HttpClientType.ApacheHttpClient);

    start(client);
    assertThat(failed(client).getErrCode()).isEqualTo("Throttling.User");
    clock.advance(Duration.ofMinutes(1));
    assertThat(failed(client).getErrCode()).isEqualTo("IncorrectInstanceStatus");
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClientType.class,
      names = {"ApacheHttpClient", "Compatible"})
  void a_gateways_page_has_no_code_and_no_effect(HttpClientType transport) {
    sim.faults().next(1, "Ecs", "StartInstance", new Fault.Unavailable());

    ClientException error = failed(client(transport));

    assertThat(error.getErrCode()).isIn(null, "(null)");
    assertThat(sim.fleet().look(id).status()).isEqualTo(InstanceStatus.STOPPED);
  }

  @Test
  void a_lost_reply_is_a_broken_connection_after_the_effect() {
    sim.faults().next(9, "Ecs", "StartInstance", new Fault.LostReply());

    ClientException error = failed(client(HttpClientType.ApacheHttpClient));

    assertThat(error.getErrCode()).startsWith("SDK.");
    assertThat(sim.fleet().look(id).status()).isEqualTo(InstanceStatus.STARTING);
  }

  /**
   * HttpURLConnection, under the Compatible transport, sends a POST whose connection broke once more by itself, nonce and all. So the caller of a call that took effect reads "nonce used already":
   * that code does not prove that nothing happened.
   */
  @Test
  void after_a_lost_reply_the_jdk_transport_repeats_itself_and_is_told_that_its_nonce_is_used() {
    sim.faults().next(1, "Ecs", "StartInstance", new Fault.LostReply());

    ClientException error = failed(client(HttpClientType.Compatible));

    assertThat(error.getErrCode()).isEqualTo("SignatureNonceUsed");
    assertThat(sim.fleet().look(id).status()).isEqualTo(InstanceStatus.STARTING);
  }

  @Test
  void sessions_can_be_ended_early_and_the_control_port_wants_its_token() throws Exception {
    Role role = sim.identities().role("Operator", Policy.allow("ecs:*"));
    Principal.RoleSession session =
        sim.identities().session(role, "s1", Duration.ofHours(1), Optional.empty());
    ClassicClient client =
        client(HttpClientType.ApacheHttpClient).as(ClassicClient.credentials(session));

    assertThat(control("POST", "/sessions/expire", "wrong", "{\"role\":\"Operator\"}")
            .status())
        .isEqualTo(401);
    client.ecs("DescribeInstances", Map.of("RegionId", "cn-hangzhou"));
    assertThat(control("POST", "/sessions/expire", "let-me-in", "{\"role\":\"Operator\"}")
            .status())
        .isEqualTo(200);

    assertThat(failed(client).getErrCode()).isEqualTo("InvalidSecurityToken.Expired");
  }

  @Test
  void faults_are_switched_on_listed_and_off_over_http() throws Exception {
    String throttle =
        "{\"service\":\"Ecs\",\"api\":\"StartInstance\",\"fault\":\"throttle\",\"times\":3}";

    assertThat(control("POST", "/faults", "let-me-in", throttle).text())
        .isEqualTo(
            "[{\"service\":\"Ecs\",\"api\":\"StartInstance\",\"fault\":\"Throttling.User\",\"times\":3}]");
    assertThat(failed(client(HttpClientType.ApacheHttpClient)).getErrCode())
        .isEqualTo("Throttling.User");
    assertThat(control("DELETE", "/faults", "let-me-in", "").text()).isEqualTo("[]");
    start(client(HttpClientType.ApacheHttpClient));
    assertThat(control("POST", "/faults", "let-me-in", "{\"fault\":\"meteor\"}").text())
        .contains("unknown fault");
    String calls = control("GET", "/calls?since=0", "let-me-in", "").text();
    assertThat(calls).contains("\"code\":\"Throttling.User\"").doesNotContain(ann.accessKeyId());
  }

  private WebReply control(String method, String path, String token, String body)
      throws IOException {
    return page.send(
        method,
        java.net.URI.create(sim.controlUrl().orElseThrow() + path),
        List.of(Map.entry("Authorization", "Bearer " + token)),
        body.getBytes(UTF_8),
        Duration.ofSeconds(30));
  }

  private ClassicClient client(HttpClientType transport) {
    return new ClassicClient(
        sim.openApiUrl(), transport, SignatureVersion.V3, ClassicClient.credentials(ann));
  }

  private void start(ClassicClient client) throws ClientException {
    client.ecs("StartInstance", Map.of("InstanceId", id, "RegionId", "cn-hangzhou"));
  }

  private ClientException failed(ClassicClient client) {
    return Optional.ofNullable(catchThrowableOfType(ClientException.class, () -> start(client)))
        .orElseThrow(() -> new AssertionError("the call did not fail"));
  }
}
