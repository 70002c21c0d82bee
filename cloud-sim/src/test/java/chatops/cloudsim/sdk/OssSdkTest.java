package chatops.cloudsim.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.OSSException;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.CannedAccessControlList;
import com.aliyun.oss.model.GeneratePresignedUrlRequest;
import com.aliyun.oss.model.GetObjectRequest;
import com.aliyun.oss.model.ListObjectsRequest;
import com.aliyun.oss.model.OSSObjectSummary;
import com.aliyun.oss.model.ObjectListing;
import com.aliyun.oss.model.ObjectMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official OSS client against the simulated OSS, with both versions of its signature. */
class OssSdkTest {
  /** The client logs every refusal, and refusals are what is tested. */
  private static final Logger LIBRARY = Logger.getLogger("com.aliyun.oss");

  private static final String KEY = "dir/a b+c ü.txt";

  private final CloudSim sim = CloudSim.builder().start();
  private final WebClient web = new WebClient();
  private final Principal.RamUser ann = sim.identities().user("ann", Policy.allow("oss:*"));

  @BeforeAll
  static void be_quiet() {
    LIBRARY.setLevel(Level.OFF);
  }

  @AfterEach
  void close() {
    web.close();
    sim.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = SignVersion.class,
      names = {"V1", "V4"})
  void objects_are_put_looked_at_got_listed_and_deleted(SignVersion version) throws Exception {
    OSS oss = client(ann, version);
    oss.createBucket("pkgs");
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.addUserMetadata("origin", "here");

    oss.putObject("pkgs", KEY, stream("hello"), metadata);

    assertThat(text(oss.getObject("pkgs", KEY).getObjectContent())).isEqualTo("hello");
    ObjectMetadata seen = oss.getObjectMetadata("pkgs", KEY);
    assertThat(seen.getContentLength()).isEqualTo(5);
    assertThat(seen.getUserMetadata()).containsEntry("origin", "here");
    GetObjectRequest part = new GetObjectRequest("pkgs", KEY);
    part.setRange(1, 3);
    assertThat(text(oss.getObject(part).getObjectContent())).isEqualTo("ell");
    assertThat(oss.getBucketLocation("pkgs")).isEqualTo("oss-cn-hangzhou");
    assertThat(oss.getBucketInfo("pkgs").getBucket().getLocation()).isEqualTo("oss-cn-hangzhou");
    assertThat(oss.listObjects("pkgs").getObjectSummaries())
        .extracting(OSSObjectSummary::getKey)
        .containsExactly(KEY);
    assertThat(oss.doesObjectExist("pkgs", KEY)).isTrue();
    oss.deleteObject("pkgs", KEY);
    assertThat(oss.doesObjectExist("pkgs", KEY)).isFalse();
    assertThat(sim.log().of("Oss", "PutObject"))
        .singleElement()
        .satisfies(record -> assertThat(record.caller()).isEqualTo(ann.arn()));
  }

  @Test
  void long_lists_come_in_pages() {
    OSS oss = client(ann, SignVersion.V4);
    sim.oss().create("pkgs", "cn-hangzhou");
    for (int i = 0; i < 25; i++) {
      sim.oss().put("pkgs", "a/%02d".formatted(i), new byte[] {1}, "x/y", java.util.Map.of());
    }

    ObjectListing first =
        oss.listObjects(new ListObjectsRequest("pkgs").withPrefix("a/").withMaxKeys(20));
    ObjectListing second = oss.listObjects(
        new ListObjectsRequest("pkgs").withPrefix("a/").withMarker(first.getNextMarker()));

    assertThat(first.isTruncated()).isTrue();
    assertThat(first.getObjectSummaries()).hasSize(20);
    assertThat(second.getObjectSummaries()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = SignVersion.class,
      names = {"V1", "V4"})
  void a_signed_url_of_a_session_opens_one_object_until_it_expires(SignVersion version)
      throws Exception {
    Role role = sim.identities().role("Reader", Policy.allow("oss:GetObject"), ann.arn());
    Principal.RoleSession session =
        sim.identities().session(role, "s", Duration.ofHours(1), Optional.empty());
    sim.oss().create("pkgs", "cn-hangzhou");
    sim.oss().put("pkgs", KEY, bytes("hello"), "text/plain", java.util.Map.of());
    sim.oss().put("pkgs", "other", bytes("secret"), "text/plain", java.util.Map.of());

    URI url = signed(client(session, version), 600);

    assertThat(get(url).text()).isEqualTo("hello");
    String other = url.toString().replace(url.getRawPath(), "/pkgs/other");
    assertThat(get(URI.create(other)).status()).isEqualTo(403);
    assertThat(get(URI.create(other)).text()).contains("SignatureDoesNotMatch");
    assertThat(get(URI.create(url.toString().replace("Reader", "reader"))).status())
        .isEqualTo(200);
    sim.identities().expireSessions(role);
    assertThat(get(url).text()).contains("SecurityTokenExpired");
  }

  @Test
  void an_expired_url_and_an_anonymous_request_are_refused() throws Exception {
    sim.oss().create("pkgs", "cn-hangzhou");
    sim.oss().put("pkgs", KEY, bytes("hello"), "text/plain", java.util.Map.of());

    WebReply expired = get(signed(client(ann, SignVersion.V1), -10));
    WebReply anonymous = get(URI.create(sim.ossUrl() + "/pkgs/dir/a%20b%2Bc%20%C3%BC.txt"));

    assertThat(expired.status()).isEqualTo(403);
    assertThat(expired.text()).contains("Request has expired");
    assertThat(anonymous.status()).isEqualTo(403);
    client(ann, SignVersion.V1).setBucketAcl("pkgs", CannedAccessControlList.PublicRead);
    assertThat(
            get(URI.create(sim.ossUrl() + "/pkgs/dir/a%20b%2Bc%20%C3%BC.txt")).text())
        .isEqualTo("hello");
  }

  @ParameterizedTest
  @EnumSource(
      value = SignVersion.class,
      names = {"V1", "V4"})
  void a_wrong_secret_a_missing_right_and_missing_things_are_told_apart(SignVersion version) {
    sim.oss().create("pkgs", "cn-hangzhou");
    Principal.RamUser bob = sim.identities().user("bob", Policy.allow("oss:ListObjects"));
    Principal.RamUser forged = new Principal.RamUser(
        ann.accountId(), "ann", ann.accessKeyId(), "wrong", true, Policy.allow("oss:*"));

    assertThat(refused(client(forged, version), "pkgs")).isEqualTo("SignatureDoesNotMatch");
    assertThat(refused(client(bob, version), "pkgs")).isEqualTo("AccessDenied");
    assertThat(refused(client(ann, version), "pkgs")).isEqualTo("NoSuchKey");
    assertThat(refused(client(ann, version), "none")).isEqualTo("NoSuchBucket");
    sim.identities().deactivate(ann);
    assertThat(refused(client(ann, version), "pkgs")).isEqualTo("InvalidAccessKeyId");
  }

  @Test
  void a_bucket_is_reached_through_the_endpoint_of_its_region_only() {
    sim.oss().create("far", "cn-beijing");

    OSSException refused = catchThrowableOfType(
        OSSException.class, () -> client(ann, SignVersion.V4).listObjects("far"));

    assertThat(refused.getErrorCode()).isEqualTo("AccessDenied");
    assertThat(refused.getErrorMessage()).contains("oss-cn-beijing");
  }

  private static String refused(OSS oss, String bucket) {
    return catchThrowableOfType(OSSException.class, () -> oss.getObject(bucket, "none"))
        .getErrorCode();
  }

  private static URI signed(OSS oss, int seconds) throws Exception {
    GeneratePresignedUrlRequest request =
        new GeneratePresignedUrlRequest("pkgs", KEY, HttpMethod.GET);
    request.setExpiration(new Date(System.currentTimeMillis() + seconds * 1000L));
    URL url = oss.generatePresignedUrl(request);
    return url.toURI();
  }

  private WebReply get(URI url) throws IOException {
    return web.send("GET", url, List.of(), new byte[0], Duration.ofSeconds(5));
  }

  private OSS client(Principal principal, SignVersion version) {
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(version);
    configuration.setMaxErrorRetry(0);
    configuration.setSLDEnabled(true);
    String token =
        principal instanceof Principal.RoleSession session ? session.securityToken() : null;
    return OSSClientBuilder.create()
        .endpoint(sim.ossUrl().toString())
        .region("cn-hangzhou")
        .credentialsProvider(new DefaultCredentialProvider(
            principal.accessKeyId(), principal.accessKeySecret(), token))
        .clientConfiguration(configuration)
        .build();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
