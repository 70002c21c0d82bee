package chatops.cloudsim.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.assistant.PlayedGuest.Play;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.http.WebServer;
import chatops.cloudsim.identity.Policy;
import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.ecs.model.v20140526.DescribeInvocationResultsRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInvocationResultsResponse.Invocation.InvocationResult;
import com.aliyuncs.ecs.model.v20140526.RunCommandRequest;
import com.aliyuncs.ecs.model.v20140526.StopInvocationRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.HttpClientType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The official client's own request and response classes against the simulated Cloud Assistant. */
class AssistantSdkTest {
  private final CloudSim sim = CloudSim.builder()
      .clock(new SettableClock(Instant.parse("2026-03-01T08:00:00Z")))
      .start();
  private final ClassicClient client = new ClassicClient(
      sim.openApiUrl(),
      HttpClientType.ApacheHttpClient,
      SignatureVersion.V1,
      ClassicClient.credentials(sim.identities().user("ann", Policy.allow("ecs:*"))));

  @AfterEach
  void close() {
    sim.close();
  }

  @Test
  void a_command_in_base64_runs_on_two_instances_and_tells_the_exit_code_of_each()
      throws Exception {
    String one = sim.fleet().launch(InstanceSpec.named("web-01"));
    String other = sim.fleet().launch(InstanceSpec.named("web-02"));
    sim.scripts().answer(other, script -> script.content().equals("echo 你好"), Play.exit(7, "你好"));

    String invokeId = answer(command("echo 你好", one, other)).getInvokeId();
    sim.advance(Duration.ofSeconds(5));

    DescribeInvocationResultsRequest request = new DescribeInvocationResultsRequest();
    request.setInvokeId(invokeId);
    List<InvocationResult> results = answer(request).getInvocation().getInvocationResults();
    assertThat(results)
        .extracting(InvocationResult::getInstanceId, InvocationResult::getExitCode)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(one, 0L),
            org.assertj.core.groups.Tuple.tuple(other, 7L));
    assertThat(new String(
            Base64.getDecoder().decode(results.get(1).getOutput()), StandardCharsets.UTF_8))
        .isEqualTo("你好");
  }

  @Test
  void an_unknown_invocation_cannot_be_stopped() {
    StopInvocationRequest stop = new StopInvocationRequest();
    stop.setInvokeId("t-none");

    ClientException refused = catchThrowableOfType(ClientException.class, () -> answer(stop));

    assertThat(refused.getErrCode()).isEqualTo("InvalidInvokeId.NotFound");
  }

  private static RunCommandRequest command(String script, String... instanceIds) {
    RunCommandRequest request = new RunCommandRequest();
    request.setType("RunShellScript");
    request.setCommandContent(
        Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8)));
    request.setContentEncoding("Base64");
    request.setInstanceIds(List.of(instanceIds));
    return request;
  }

  private <T extends AcsResponse> T answer(AcsRequest<T> request) throws ClientException {
    request.setSysRegionId("cn-hangzhou");
    request.putQueryParameter("RegionId", "cn-hangzhou");
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysMethod(MethodType.POST);
    request.setSysEndpoint(WebServer.authority(sim.openApiUrl()));
    return client.client().getAcsResponse(request);
  }
}
