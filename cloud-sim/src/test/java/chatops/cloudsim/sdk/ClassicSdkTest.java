package chatops.cloudsim.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.InstanceStatus;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.ecs.model.v20140526.DescribeInstancesRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInstancesResponse;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.HttpClientType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.sts.model.v20150401.AssumeRoleRequest;
import com.aliyuncs.sts.model.v20150401.AssumeRoleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassicSdkTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final CloudSim sim = CloudSim.builder()
      .clock(clock)
      .seed(7)
      .pace(Pace.of(Duration.ofSeconds(10)))
      .start();
  private final Principal.RamUser ann =
      sim.identities().user("ann", Policy.allow("ecs:*", "sts:AssumeRole"));

  @AfterEach
  void close() {
    sim.close();
  }

  static Stream<Arguments> dialects() {
    return Stream.of(HttpClientType.ApacheHttpClient, HttpClientType.Compatible)
        .flatMap(transport -> Stream.of(SignatureVersion.V1, SignatureVersion.V3)
            .map(version -> Arguments.of(transport, version)));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void an_instance_starts_by_the_clock(HttpClientType transport, SignatureVersion signature)
      throws Exception {
    String id = sim.fleet().launch(InstanceSpec.named("web-01").stopped().tag("env", "staging"));
    ClassicClient client = client(transport, signature, ann);

    client.ecs("StartInstance", Map.of("InstanceId", id, "RegionId", "cn-hangzhou"));

    assertThat(statusOf(client, id)).isEqualTo("Starting");
    sim.advance(Duration.ofSeconds(10));
    assertThat(statusOf(client, id)).isEqualTo("Running");
    assertThat(sim.fleet().look(id).startedAt()).isEqualTo(Instant.parse("2026-03-01T08:00:10Z"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void an_error_reaches_the_caller_with_code_and_request_id(
      HttpClientType transport, SignatureVersion signature) {
    ClientException error = refused(client(transport, signature, ann), "StartInstance", "i-none");

    assertThat(error.getErrCode()).isEqualTo("InvalidInstanceId.NotFound");
    assertThat(error.getRequestId()).isNotBlank();
    assertThat(sim.log().of("Ecs", "StartInstance")).singleElement().satisfies(record -> {
      assertThat(record.code()).isEqualTo("InvalidInstanceId.NotFound");
      assertThat(record.requestId()).isEqualTo(error.getRequestId());
      assertThat(record.caller()).isEqualTo(ann.arn());
    });
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void a_wrong_secret_is_refused_and_changes_nothing(
      HttpClientType transport, SignatureVersion signature) {
    String id = sim.fleet().launch(InstanceSpec.named("web-01").stopped());
    ClassicClient stranger = client(transport, signature, ann)
        .as(new BasicCredentials(ann.accessKeyId(), "not-the-secret"));

    assertThat(refused(stranger, "StartInstance", id).getErrCode())
        .isEqualTo("SignatureDoesNotMatch");
    assertThat(sim.fleet().look(id).status()).isEqualTo(InstanceStatus.STOPPED);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void a_session_works_until_it_expires_and_only_with_its_own_token(
      HttpClientType transport, SignatureVersion signature) throws Exception {
    Role role = sim.identities().role("Operator", Policy.allow("ecs:Describe*"), ann.arn());
    ClassicClient client = client(transport, signature, ann);

    JsonNode credentials = client
        .sts(
            "AssumeRole",
            Map.of("RoleArn", role.arn(), "RoleSessionName", "oos-exec", "DurationSeconds", "900"))
        .path("Credentials");
    String key = credentials.path("AccessKeyId").asText();
    String secret = credentials.path("AccessKeySecret").asText();
    String token = credentials.path("SecurityToken").asText();
    ClassicClient session = client.as(new BasicSessionCredentials(key, secret, token));

    session.ecs("DescribeInstances", Map.of("RegionId", "cn-hangzhou"));
    assertThat(refused(session, "StartInstance", "i-1").getErrCode()).isEqualTo("Forbidden.RAM");
    assertThat(refused(client.as(new BasicCredentials(key, secret)), "StartInstance", "i-1")
            .getErrCode())
        .isEqualTo("MissingSecurityToken");
    String other = "CAIS" + "x".repeat(600);
    assertThat(refused(
                client.as(new BasicSessionCredentials(key, secret, other)), "StartInstance", "i-1")
            .getErrCode())
        .isEqualTo("InvalidSecurityToken.MismatchWithAccessKey");
    sim.advance(Duration.ofSeconds(900));
    assertThat(refused(session, "StartInstance", "i-1").getErrCode())
        .isEqualTo("InvalidSecurityToken.Expired");
  }

  /** A defect of the SDK's Compatible transport: a POST without a body gets the query as its body, but is signed as if it were empty. */
  @Test
  void a_body_that_is_not_the_one_that_was_hashed_is_refused() throws Exception {
    CommonRequest request = new CommonRequest();
    request.setSysProduct("Ecs");
    request.setSysVersion("2014-05-26");
    request.setSysAction("DescribeInstances");
    request.setSysDomain(sim.openApiUrl().getAuthority());
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysMethod(MethodType.POST);
    request.setSysSignatureVersion(SignatureVersion.V3);
    request.putQueryParameter("RegionId", "cn-hangzhou");
    ClassicClient client = client(HttpClientType.Compatible, SignatureVersion.V3, ann);

    ClientException error = Optional.ofNullable(catchThrowableOfType(
            ClientException.class, () -> client.client().getCommonResponse(request)))
        .orElseThrow();

    assertThat(error.getErrCode()).isEqualTo("IncompleteSignature");
    assertThat(error.getErrMsg()).contains("x-acs-content-sha256 is not the hash of the body");
  }

  @Test
  void the_typed_clients_of_ecs_and_sts_read_the_replies() throws Exception {
    String id = sim.fleet()
        .launch(InstanceSpec.named("web-01").publicIp("203.0.113.9").tag("env", "staging"));
    Role role = sim.identities().role("Operator", Policy.allow("ecs:*"), ann.arn());
    ClassicClient client = client(HttpClientType.ApacheHttpClient, SignatureVersion.V1, ann);
    AssumeRoleRequest assume = new AssumeRoleRequest();
    assume.setSysEndpoint(sim.openApiUrl().getAuthority());
    assume.setSysProtocol(ProtocolType.HTTP);
    assume.setRoleArn(role.arn());
    assume.setRoleSessionName("oos-exec");

    AssumeRoleResponse.Credentials session =
        client.client().getAcsResponse(assume).getCredentials();
    DescribeInstancesRequest describe = new DescribeInstancesRequest();
    describe.setSysEndpoint(sim.openApiUrl().getAuthority());
    describe.setSysProtocol(ProtocolType.HTTP);
    describe.setSysRegionId("cn-hangzhou");
    describe.setInstanceIds("[\"" + id + "\"]");
    DescribeInstancesResponse found = client
        .as(new BasicSessionCredentials(
            session.getAccessKeyId(), session.getAccessKeySecret(), session.getSecurityToken()))
        .client()
        .getAcsResponse(describe);

    assertThat(session.getExpiration()).isEqualTo("2026-03-01T09:00:00Z");
    assertThat(found.getInstances()).singleElement().satisfies(instance -> {
      assertThat(instance.getInstanceName()).isEqualTo("web-01");
      assertThat(instance.getStatus()).isEqualTo("Running");
      assertThat(instance.getOSType()).isEqualTo("linux");
      assertThat(instance.getPublicIpAddress()).containsExactly("203.0.113.9");
      assertThat(instance.getVpcAttributes().getPrivateIpAddress()).hasSize(1);
      assertThat(instance.getTags())
          .singleElement()
          .satisfies(tag -> assertThat(tag.getTagValue()).isEqualTo("staging"));
    });
  }

  private ClassicClient client(
      HttpClientType transport, SignatureVersion signature, Principal principal) {
    return new ClassicClient(
        sim.openApiUrl(), transport, signature, ClassicClient.credentials(principal));
  }

  private static String statusOf(ClassicClient client, String id) throws ClientException {
    JsonNode reply = client.ecs(
        "DescribeInstances", Map.of("RegionId", "cn-hangzhou", "InstanceIds", "[\"" + id + "\"]"));
    return reply.at("/Instances/Instance/0/Status").asText();
  }

  private static ClientException refused(ClassicClient client, String api, String instance) {
    return Optional.ofNullable(catchThrowableOfType(
            ClientException.class,
            () -> client.ecs(api, Map.of("InstanceId", instance, "RegionId", "cn-hangzhou"))))
        .orElseThrow(() -> new AssertionError(api + " was not refused"));
  }
}
