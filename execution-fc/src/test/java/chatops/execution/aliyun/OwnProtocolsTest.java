package chatops.execution.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.chat.fc.FunctionClient;
import chatops.chat.oss.OssSignature;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal.RamUser;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Session;
import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OSS, MNS and Function Compute 2, whose requests are signed here: held against the vendor's client and the simulated cloud. */
class OwnProtocolsTest {
  private static final Session SESSION = new Session(
      "acs:ram::1:role/R",
      "STS.KEYID",
      "SECRET",
      "TOKEN/+=",
      Instant.parse("2100-01-01T00:00:00Z"));
  private static final FunctionClient.Key KEY = new FunctionClient.Key(
      SESSION.accessKeyId(), SESSION.accessKeySecret(), SESSION.securityToken());
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

  private final ObjectMapper json = new ObjectMapper();
  private final WireMockServer peer =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void start() {
    peer.start();
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withBody("")));
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @Test
  void our_signature_is_the_one_the_vendors_client_makes() {
    OSS oss = vendor(peer.baseUrl());
    try {
      oss.putObject(
          "bucket-1",
          "dir/ob ject+ü~*.txt",
          new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)));
      oss.setBucketAcl("bucket-1", com.aliyun.oss.model.CannedAccessControlList.Private);
    } finally {
      oss.shutdown();
    }
    List<LoggedRequest> sent = peer.findAll(anyRequestedFor(anyUrl()));
    check(sent.get(0), "/bucket-1/dir/ob ject+ü~*.txt", Map.of());
    check(sent.get(1), "/bucket-1/", Map.of("acl", ""));
  }

  private static void check(LoggedRequest sent, String resource, Map<String, String> query) {
    Map<String, String> headers = new TreeMap<>();
    sent.getHeaders().all().forEach(h -> headers.put(h.key(), h.firstValue()));
    Instant at = LocalDateTime.parse(sent.getHeader("x-oss-date"), STAMP).toInstant(ZoneOffset.UTC);

    String ours = new OssSignature(KEY, "cn-hangzhou", at)
        .authorization(sent.getMethod().getName(), resource, query, headers);

    assertThat(ours).isEqualTo(sent.getHeader("Authorization"));
  }

  @Test
  void a_generated_url_is_the_one_the_vendors_client_makes() throws Exception {
    OSS oss = vendor("https://oss-cn-hangzhou.aliyuncs.com");
    URL theirs;
    try {
      theirs = oss.generatePresignedUrl(
          "bucket-1",
          "dir/a b.tgz",
          new Date(System.currentTimeMillis() + 600_000),
          HttpMethod.GET);
    } finally {
      oss.shutdown();
    }
    Map<String, String> query = new TreeMap<>();
    for (String pair : theirs.getQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], java.net.URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    Instant at =
        LocalDateTime.parse(query.getOrDefault("x-oss-date", ""), STAMP).toInstant(ZoneOffset.UTC);
    long seconds = Long.parseLong(query.getOrDefault("x-oss-expires", "0"));

    Map<String, String> ours =
        new OssSignature(KEY, "cn-hangzhou", at).presigned("GET", "/bucket-1/dir/a b.tgz", seconds);

    assertThat(ours).isEqualTo(query);
    assertThat(theirs.getPath()).isEqualTo(OssSignature.path("/dir/a b.tgz"));
  }

  private static OSS vendor(String endpoint) {
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(SignVersion.V4);
    configuration.setMaxErrorRetry(0);
    configuration.setSLDEnabled(endpoint.startsWith("http://127"));
    return OSSClientBuilder.create()
        .endpoint(endpoint)
        .region("cn-hangzhou")
        .credentialsProvider(new DefaultCredentialProvider(
            SESSION.accessKeyId(), SESSION.accessKeySecret(), SESSION.securityToken()))
        .clientConfiguration(configuration)
        .build();
  }

  @Test
  void generate_url_sends_nothing_and_signs_no_content_type() {
    ApiRequest request = oss(
        "GenerateUrl",
        "GET",
        "dir/a b.tgz",
        "{\"Content-MD5\":\"\",\"Content-Type\":\"application/json\"}",
        "");
    request.parameters().put("Expires", "900").put("Internal", "true");

    String url =
        real().call(request, SESSION, Duration.ofSeconds(5)).body().path("Url").asText();

    assertThat(URI.create(url).getHost())
        .isEqualTo("bucket-1.oss-cn-hangzhou-internal.aliyuncs.com");
    assertThat(url)
        .contains("/dir/a%20b.tgz?")
        .contains("x-oss-expires=900")
        .contains("x-oss-date=20260301T080000Z");
    assertThat(peer.findAll(anyRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  void a_bucket_cannot_move_a_signed_call_to_another_host() {
    for (String bucket : List.of("evil.example.com/", "a", "a..b", "UP", "x@y", "-ab")) {
      ApiRequest request = oss("GetBucketAcl", "GET", "?acl", "{}", "");
      request.parameters().put("BucketName", bucket);

      assertThat(failure(request).code()).as(bucket).isEqualTo("InvalidBucketName");
    }
  }

  @Test
  void a_lifetime_beyond_a_week_is_refused() {
    ApiRequest request = oss("GenerateUrl", "GET", "o", "{}", "");
    request.parameters().put("Expires", 700_000);

    assertThat(failure(request).code()).isEqualTo("InvalidExpires");
  }

  @Test
  void a_bucket_setting_is_put_with_a_computed_digest_and_read_back_as_json() {
    peer.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("x-oss-request-id", "R1")
                    .withBody(
                        "<?xml version=\"1.0\"?><RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer>"
                            + "<RefererList><Referer>http://a</Referer><Referer>http://b</Referer></RefererList></RefererConfiguration>")));

    ApiResponse put =
        call(oss("PutBucketReferer", "PUT", "?referer", "{\"Content-MD5\":\"\"}", "<x/>"));

    LoggedRequest sent = peer.findAll(anyRequestedFor(anyUrl())).get(0);
    assertThat(sent.getUrl()).isEqualTo("/bucket-1/?referer");
    assertThat(sent.getHeader("Content-MD5"))
        .isEqualTo(java.util.Base64.getEncoder()
            .encodeToString(org.apache.commons.codec.digest.DigestUtils.md5("<x/>")));
    assertThat(sent.getHeader("x-oss-security-token")).isEqualTo("TOKEN/+=");
    assertThat(sent.getBodyAsString()).isEqualTo("<x/>");
    assertThat(put.requestId()).isEqualTo("R1");
    assertThat(put.body().at("/RefererConfiguration/RefererList/Referer").size())
        .isEqualTo(2);
  }

  @Test
  void an_object_is_read_by_name_alone() {
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withBody("line 1\nline 2")));
    ApiRequest request =
        new ApiRequest("OSS", "GetObject", "cn-hangzhou", json.createObjectNode(), null);
    request.parameters().put("BucketName", "bucket-1").put("ObjectName", "dir/x y.txt");

    assertThat(call(request).body().path("data").asText()).isEqualTo("line 1\nline 2");
    assertThat(peer.findAll(anyRequestedFor(anyUrl())).get(0).getUrl())
        .isEqualTo("/bucket-1/dir/x%20y.txt");
  }

  @Test
  void an_error_of_oss_is_found_where_selectors_look() {
    peer.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(404)
                    .withBody(
                        "<?xml version=\"1.0\"?><Error><Code>NoSuchBucketPolicy</Code><Message>none</Message><RequestId>R2</RequestId></Error>")));

    ApiException failure = failure(oss("GetBucketPolicy", "GET", "?policy", "{}", ""));

    assertThat(failure.code()).isEqualTo("NoSuchBucketPolicy");
    assertThat(failure.requestId()).isEqualTo("R2");
    assertThat(failure.body()).isNotNull();
    assertThat(failure.body().path("Code").asText()).isEqualTo("NoSuchBucketPolicy");
    assertThat(failure.verdict()).isEqualTo(ApiException.Verdict.FINAL);
  }

  @Test
  void a_message_is_published_with_the_signature_of_mns() {
    peer.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(201)
                    .withBody(
                        "<?xml version=\"1.0\"?><Message xmlns=\"http://mns.aliyuncs.com/doc/v1/\"><MessageId>M1</MessageId></Message>")));
    ApiRequest request = new ApiRequest(
        "MNS",
        "PublishMessage",
        "cn-hangzhou",
        json.createObjectNode(),
        new ApiRequest.Roa("POST", "/topics/t/messages", json.createObjectNode(), "<Message/>"));
    request.parameters().put("AccountId", "42");

    ApiResponse answer = call(request);

    LoggedRequest sent = peer.findAll(anyRequestedFor(anyUrl())).get(0);
    assertThat(answer.body().at("/Message/MessageId").asText()).isEqualTo("M1");
    assertThat(sent.getHeader("Date")).isEqualTo("Sun, 01 Mar 2026 08:00:00 GMT");
    assertThat(sent.getHeader("x-mns-version")).isEqualTo("2015-06-06");
    String toSign =
        "POST\n\ntext/xml;charset=UTF-8\nSun, 01 Mar 2026 08:00:00 GMT\nx-mns-version:2015-06-06\n/topics/t/messages";
    assertThat(sent.getHeader("Authorization"))
        .isEqualTo("MNS STS.KEYID:"
            + java.util.Base64.getEncoder()
                .encodeToString(new org.apache.commons.codec.digest.HmacUtils(
                        org.apache.commons.codec.digest.HmacAlgorithms.HMAC_SHA_1, "SECRET")
                    .hmac(toSign)));
  }

  @Test
  void the_signature_of_function_compute_is_taken_by_the_simulated_cloud() {
    try (CloudSim cloud = CloudSim.builder().start()) {
      RamUser user = cloud.identities().user("u", Policy.allow("fc:*"));
      Session session =
          new Session("", user.accessKeyId(), user.accessKeySecret(), "", Instant.MAX);
      ApiRequest request = new ApiRequest(
          "FC",
          "InvokeFunction",
          "cn-hangzhou",
          json.createObjectNode(),
          new ApiRequest.Roa(
              "POST", "/services/s/functions/f/invocations", json.createObjectNode(), "{}"));

      ApiException answer = catchThrowableOfType(
          ApiException.class,
          () -> new AliyunCloudApi(
                  new ServiceTable("*=" + cloud.functionUrl(), "1"),
                  new SdkClients(),
                  InstantSource.system(),
                  e -> {})
              .call(request, session, Duration.ofSeconds(30)));

      // it knew who called, and looked for the function
      assertThat(answer.code()).as(answer.getMessage()).isEqualTo("FunctionNotFound");
    }
  }

  @Test
  void a_service_may_be_named_by_its_host() {
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{\"RequestId\":\"R\"}")));

    call(new ApiRequest(
        "ecs.aliyuncs.com", "StartInstance", "cn-hangzhou", json.createObjectNode(), null));

    assertThat(peer.findAll(anyRequestedFor(anyUrl()))
            .get(0)
            .queryParameter("Version")
            .firstValue())
        .isEqualTo("2014-05-26");
  }

  @Test
  void paths_of_sae_need_not_be_written() {
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{\"RequestId\":\"R\"}")));
    ApiRequest request =
        new ApiRequest("SAE", "DescribeChangeOrder", "cn-hangzhou", json.createObjectNode(), null);
    request.parameters().put("ChangeOrderId", "c-1");

    call(request);

    LoggedRequest sent = peer.findAll(anyRequestedFor(anyUrl())).get(0);
    assertThat(sent.getMethod().getName()).isEqualTo("GET");
    assertThat(sent.getUrl())
        .isEqualTo("/pop/v1/sam/changeorder/DescribeChangeOrder?ChangeOrderId=c-1");
  }

  private ApiRequest oss(String api, String method, String uri, String headers, String body) {
    try {
      JsonNode given = json.readTree(headers);
      ApiRequest request = new ApiRequest(
          "OSS",
          api,
          "cn-hangzhou",
          json.createObjectNode(),
          new ApiRequest.Roa(method, uri, (ObjectNode) given, body));
      request.parameters().put("BucketName", "bucket-1").put("RegionId", "cn-hangzhou");
      return request;
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private AliyunCloudApi real() {
    return new AliyunCloudApi(
        new ServiceTable("", "1"), new SdkClients(), () -> NOW, expired -> {});
  }

  private ApiResponse call(ApiRequest request) {
    return new AliyunCloudApi(
            new ServiceTable("*=" + peer.baseUrl(), "1"),
            new SdkClients(),
            () -> NOW,
            expired -> {})
        .call(request, SESSION, Duration.ofSeconds(30));
  }

  private ApiException failure(ApiRequest request) {
    return catchThrowableOfType(ApiException.class, () -> call(request));
  }
}
