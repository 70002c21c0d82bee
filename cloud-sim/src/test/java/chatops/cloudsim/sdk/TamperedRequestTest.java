package chatops.cloudsim.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.InstanceStatus;
import chatops.cloudsim.fc.FunctionRuntime;
import chatops.cloudsim.fc.FunctionSpec;
import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.http.WebServer;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.fc.client.FunctionComputeClient;
import com.aliyuncs.http.HttpClientType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody on the way changes, repeats or delays what an SDK signed. */
class TamperedRequestTest {
  private final SettableClock wallClock =
      new SettableClock(InstantSource.system().instant());
  private final CloudSim sim = CloudSim.builder()
      .clock(new SettableClock(Instant.parse("2026-03-01T08:00:00Z")))
      .wallClock(wallClock)
      .start();
  private final WebServer onTheWay = new WebServer();
  private final WebClient forward = new WebClient();
  private final Principal.RamUser ann = sim.identities().user("ann", Policy.allow("ecs:*", "fc:*"));
  private final String mine =
      sim.fleet().launch(InstanceSpec.named("mine").id("i-mine").stopped());
  private final String other =
      sim.fleet().launch(InstanceSpec.named("other").id("i-other").stopped());
  private final List<String> answers = new ArrayList<>();
  private int copies = 1;
  private UnaryOperator<WebRequest> change = request -> request;

  @AfterEach
  void close() {
    forward.close();
    onTheWay.close();
    sim.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = SignatureVersion.class,
      names = {"V1", "V3"})
  void a_changed_parameter_is_refused(SignatureVersion signature) {
    change = request -> new WebRequest(
        request.method(),
        request.path(),
        request.query().replace("i-mine", "i-other"),
        request.headers(),
        request.text().replace("i-mine", "i-other").getBytes(UTF_8),
        request.remoteAddress());

    start(signature);

    assertThat(answers)
        .singleElement()
        .asString()
        .containsAnyOf("SignatureDoesNotMatch", "IncompleteSignature");
    assertThat(sim.fleet().look(other).status()).isEqualTo(InstanceStatus.STOPPED);
    assertThat(sim.log().of("Ecs", "StartInstance"))
        .singleElement()
        .satisfies(record -> assertThat(record.caller()).isEqualTo("unverified"));
  }

  @ParameterizedTest
  @EnumSource(
      value = SignatureVersion.class,
      names = {"V1", "V3"})
  void a_repeated_request_is_refused(SignatureVersion signature) {
    copies = 2;

    start(signature);

    assertThat(answers.get(0)).doesNotContain("Code");
    assertThat(answers.get(1)).contains("SignatureNonceUsed");
  }

  @ParameterizedTest
  @EnumSource(
      value = SignatureVersion.class,
      names = {"V1", "V3"})
  void a_request_from_sixteen_minutes_ago_is_refused(SignatureVersion signature) {
    wallClock.advance(Duration.ofMinutes(16));

    start(signature);

    assertThat(answers).singleElement().asString().contains("InvalidTimeStamp.Expired");
    assertThat(sim.fleet().look(mine).status()).isEqualTo(InstanceStatus.STOPPED);
  }

  @Test
  void function_computes_old_signature_covers_its_headers_and_the_path() {
    Role role = sim.identities().role("function", Policy.allow("*"), Role.FUNCTION_COMPUTE);
    FunctionRuntime runtime = request -> new FunctionRuntime.Reply(200, List.of(), new byte[0]);
    sim.functions().register(FunctionSpec.named("one", role.arn(), runtime).service("chatops"));
    sim.functions().register(FunctionSpec.named("two", role.arn(), runtime).service("chatops"));
    change = request -> withPath(request, request.path().replace("/one/", "/two/"));
    invokeOld();
    change = request -> new WebRequest(
        request.method(),
        request.path(),
        request.query(),
        request.headers().stream()
            .map(header ->
                header.getValue().equals("Async") ? Map.entry(header.getKey(), "Sync") : header)
            .toList(),
        request.body(),
        request.remoteAddress());
    invokeOld();

    assertThat(answers).hasSize(2).allMatch(answer -> answer.contains("SignatureNotMatch"));
    assertThat(sim.functions().tasks("chatops$one")).isEmpty();
    assertThat(sim.functions().tasks("chatops$two")).isEmpty();
  }

  private void invokeOld() {
    var config = new com.aliyuncs.fc.config.Config(
        "cn-hangzhou", "1234567890123456", ann.accessKeyId(), ann.accessKeySecret(), "", false);
    config.setEndpoint(way(sim.functionUrl()).toString());
    var request = new com.aliyuncs.fc.request.InvokeFunctionRequest("chatops", "one");
    request.setPayload("{}".getBytes(UTF_8)).setInvocationType("Async");
    try {
      new FunctionComputeClient(config).invokeFunction(request);
    } catch (com.aliyuncs.fc.exceptions.ClientException refused) {
      // the answers were recorded on the way
    }
  }

  private void start(SignatureVersion signature) {
    ClassicClient client = new ClassicClient(
        way(sim.openApiUrl()),
        HttpClientType.ApacheHttpClient,
        signature,
        ClassicClient.credentials(ann));
    try {
      client.ecs("StartInstance", Map.of("InstanceId", mine, "RegionId", "cn-hangzhou"));
    } catch (ClientException refused) {
      // the answers were recorded on the way
    }
  }

  private URI way(URI target) {
    return onTheWay.open(0, request -> {
      WebRequest changed = change.apply(request);
      WebReply reply = WebReply.of(500, "", "");
      for (int i = 0; i < copies; i++) {
        reply = send(target, changed);
        answers.add(reply.text());
      }
      return reply;
    });
  }

  private WebReply send(URI target, WebRequest request) {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
    headers.removeIf(header -> List.of("content-length", "connection")
        .contains(header.getKey().toLowerCase(java.util.Locale.ROOT)));
    try {
      return forward.send(
          request.method(),
          URI.create(target + request.path() + query),
          headers,
          request.body(),
          Duration.ofSeconds(30));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static WebRequest withPath(WebRequest request, String path) {
    return new WebRequest(
        request.method(),
        path,
        request.query(),
        request.headers(),
        request.body(),
        request.remoteAddress());
  }
}
