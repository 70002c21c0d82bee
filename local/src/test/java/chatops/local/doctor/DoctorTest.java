package chatops.local.doctor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.json.JsonWriter;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.engine.share.LastSweep;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import chatops.execution.tablestore.TableCreation;
import chatops.execution.tablestore.TablestoreExecutionStore;
import com.alicloud.openservices.tablestore.SyncClient;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private static final String ACCOUNT = "1234567890123456";
  private static final String SEAL = "k1:c2VhbC1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=";
  private static final String OTHER = "k1:b3RoZXIta2V5LW5vYm9keS1tYXktc2VlLTAwMDAwMDA=";
  private static final String LINK = "bGluay1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=";

  @RegisterExtension
  static final WireMockExtension PEER = WireMockExtension.newInstance()
      .options(options().dynamicPort().bindAddress("127.0.0.1"))
      .build();

  @TempDir
  Path folder = Path.of("");

  private final Map<String, String> environment = new TreeMap<>();
  private CloudSim cloud = CloudSim.builder().accountId(ACCOUNT).start();
  private Path file = Path.of("");
  private Path deployment = Path.of(System.getProperty("chatops.root", "..")).resolve("s.yaml");

  @BeforeEach
  void account() throws IOException {
    file = Files.writeString(folder.resolve("chatops.yaml"), """
        version: 1
        language: en
        account: "1234567890123456"
        regions: {default: cn-hangzhou, allowed: [cn-hangzhou]}
        roles: {default: R, allowed: {R: "acs:ram::1234567890123456:role/R"}}
        """);
    Principal.RamUser deployer = cloud.identities().user("deployer", Policy.allow("ots:*"));
    cloud.tablestore().instance("chatops");
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", deployer.accessKeyId());
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", deployer.accessKeySecret());
    environment.put(
        "CHATOPS_ENDPOINTS",
        "*=" + cloud.openApiUrl() + ",ots=" + cloud.tablestoreUrl() + ",ram=" + PEER.baseUrl());
    environment.put("CHATOPS_TABLESTORE_INSTANCE", "chatops");
    environment.put("CHATOPS_SEAL_KEYS", SEAL);
    environment.put("CHATOPS_LINK_KEY", LINK);
    environment.put("CHATOPS_URL", PEER.baseUrl());
    environment.put("FC_ENDPOINT", PEER.baseUrl());
    environment.put("SLACK_SIGNING_SECRET", cloud.slack().app().signingSecret());
    environment.put("SLACK_BOT_TOKEN", cloud.slack().app().botToken());
    environment.put("SLACK_API_URL", cloud.slackUrl() + "/api/");
    PEER.stubFor(get("/healthz").willReturn(aResponse().withBody("ok\nrights 01234567\n")));
    PEER.stubFor(post("/slack/command").willReturn(aResponse().withStatus(200)));
    environment.put("DINGTALK_APP_KEY", "dingkey");
    environment.put("DINGTALK_APP_SECRET", "ding-secret-nobody-sees");
    environment.put("DINGTALK_API_URL", PEER.baseUrl());
    PEER.stubFor(post("/v1.0/oauth2/accessToken")
        .willReturn(aResponse().withBody("{\"accessToken\":\"token\",\"expireIn\":7200}")));
    role("chatops-front-role", "{\"Service\":[\"fc.aliyuncs.com\"]}");
    role("chatops-execution-role", "{\"Service\":[\"fc.aliyuncs.com\"]}");
    role("R", "{\"RAM\":[\"acs:ram::1234567890123456:role/chatops-execution-role\"]}");
    deployed("chatops-front", SEAL);
    deployed("chatops-execution", SEAL);
    sweep(true);
  }

  private void role(String name, String principal) {
    String trust =
        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
            + "\"Principal\":" + principal + "}]}";
    PEER.stubFor(any(anyUrl())
        .withQueryParam("Action", equalTo("GetRole"))
        .withQueryParam("RoleName", equalTo(name))
        .willReturn(aResponse()
            .withBody(JsonWriter.bytes(
                Map.of("RequestId", "r", "Role", Map.of("AssumeRolePolicyDocument", trust))))));
  }

  private void refusedRoles(int status, String code) {
    PEER.stubFor(any(anyUrl())
        .withQueryParam("Action", equalTo("GetRole"))
        .atPriority(1)
        .willReturn(aResponse()
            .withStatus(status)
            .withBody(JsonWriter.bytes(Map.of("RequestId", "r", "Code", code, "Message", "no")))));
  }

  @AfterEach
  void end() {
    cloud.close();
  }

  private void deployed(String function, String seal) {
    variables(function, seal, Map.of());
  }

  private void variables(String function, String seal, Map<String, String> more) {
    Map<String, Object> variables = new TreeMap<>(more);
    variables.put("CHATOPS_SEAL_KEYS", seal);
    variables.put("CHATOPS_LINK_KEY", LINK);
    variables.put("CHATOPS_URL", PEER.baseUrl());
    PEER.stubFor(get("/2023-03-30/functions/" + function)
        .willReturn(
            aResponse().withBody(JsonWriter.bytes(Map.of("environmentVariables", variables)))));
  }

  private void sweep(boolean isOn) {
    trigger("{\"enable\":" + isOn + "}", "2026-01-01T00:00:00Z");
  }

  private void trigger(String config, String set) {
    PEER.stubFor(get("/2023-03-30/functions/chatops-execution/triggers/sweep")
        .willReturn(aResponse()
            .withBody(JsonWriter.bytes(Map.of("triggerConfig", config, "lastModifiedTime", set)))));
  }

  private List<Finding> examine(InstantSource clock) {
    return new Doctor(file, deployment, environment, false, clock).examine();
  }

  private List<Finding> bad() {
    return examine(InstantSource.system()).stream()
        .filter(each -> each.grade() == Finding.Grade.BAD)
        .toList();
  }

  @Test
  void what_is_right_is_found_right() {
    List<Finding> found = examine(InstantSource.system());

    assertThat(found)
        .filteredOn(each -> each.grade() == Finding.Grade.GOOD)
        .extracting(Finding::subject)
        .contains(
            "CHATOPS_SEAL_KEYS",
            "clock",
            "keys",
            "role R",
            "role chatops-execution-role",
            "role chatops-front-role",
            "Slack",
            "DingTalk",
            "Front",
            "SLACK_SIGNING_SECRET");
    // the peer of this test speaks no TLS, and nobody has made the tables
    assertThat(bad()).extracting(Finding::subject).containsExactly("CHATOPS_URL", "tables");
    assertThat(bad())
        .extracting(Finding::fix)
        .contains("./chatops deploy-tables chatops --region cn-hangzhou");
    assertThat(found).noneMatch(each -> each.subject().equals("s.yaml"));
    assertThat(found.toString()).doesNotContain("bm9ib2R5LW1heS1zZW", "nobody");
  }

  @Test
  void seal_keys_that_differ_between_the_functions_are_found_and_not_shown() {
    deployed("chatops-execution", OTHER);

    assertThat(bad()).anySatisfy(each -> {
      assertThat(each.subject()).isEqualTo("CHATOPS_SEAL_KEYS");
      assertThat(each.found()).contains("Front and Execution have different values");
      assertThat(each.fix()).contains("./chatops deploy");
    });
    assertThat(bad().toString()).doesNotContain(SEAL, OTHER);
  }

  @Test
  void a_key_that_is_another_here_than_there_is_told_before_it_does_harm() {
    environment.put("CHATOPS_SEAL_KEYS", OTHER);

    assertThat(examine(InstantSource.system()))
        .anySatisfy(each -> assertThat(each.found()).contains("is another one here"));
  }

  @Test
  void a_sweep_that_is_off_a_clock_that_is_wrong_and_another_secret_are_found() {
    sweep(false);
    PEER.stubFor(post("/slack/command").willReturn(aResponse().withStatus(401)));

    assertThat(bad()).extracting(Finding::subject).contains("sweep", "SLACK_SIGNING_SECRET");
    assertThat(examine(InstantSource.offset(InstantSource.system(), Duration.ofMinutes(10))))
        .filteredOn(each -> each.grade() == Finding.Grade.BAD)
        .anySatisfy(each -> assertThat(each.fix()).contains("timedatectl"));
  }

  private TablestoreExecutionStore store() {
    return new TablestoreExecutionStore(
        new StoreAccess(environment).open("chatops"), InstantSource.system());
  }

  private Finding sweepAt(Instant now) {
    return examine(InstantSource.fixed(now)).stream()
        .filter(each -> each.subject().equals("sweep"))
        .reduce((one, other) -> {
          throw new AssertionError("twice: " + one + other);
        })
        .orElseThrow();
  }

  @Test
  void a_sweep_is_alive_when_the_store_has_its_sign_of_a_short_while_ago() {
    SyncClient client = new StoreAccess(environment).open("chatops");
    new TableCreation(client, line -> {}).run();
    client.shutdown();
    Instant now = Instant.now();

    Finding none = sweepAt(now);
    assertThat(none.grade()).isEqualTo(Finding.Grade.BAD);
    assertThat(none.found()).contains("its timer is on", "none has ended yet");
    assertThat(none.fix()).contains("log of chatops-execution", "./chatops deploy");

    trigger("{\"enable\":true}", now.minusSeconds(50).toString());
    Finding young = sweepAt(now);
    assertThat(young.grade()).isEqualTo(Finding.Grade.NOTE);
    assertThat(young.found()).contains("set 50 s ago", "none has ended yet");
    assertThat(young.fix()).contains("three minutes");

    try (TablestoreExecutionStore rows = store()) {
      new LastSweep(rows.shared()).ended(now.minusSeconds(40));
    }
    Finding alive = sweepAt(now);
    assertThat(alive.grade()).isEqualTo(Finding.Grade.GOOD);
    assertThat(alive.found()).contains("alive", "40 s ago", "Z");

    Finding dead = sweepAt(now.plus(Duration.ofMinutes(9)));
    assertThat(dead.grade()).isEqualTo(Finding.Grade.BAD);
    assertThat(dead.found()).contains("its timer is on, but", "9 minutes ago");
    assertThat(dead.fix()).contains("log of chatops-execution", "console");
  }

  @Test
  void the_sign_is_looked_for_in_the_store_that_the_deployed_execution_has() {
    cloud.tablestore().instance("deployed");
    SyncClient client = new StoreAccess(environment).open("deployed");
    new TableCreation(client, line -> {}).run();
    try (TablestoreExecutionStore rows =
        new TablestoreExecutionStore(client, InstantSource.system())) {
      new LastSweep(rows.shared()).ended(Instant.now());
    }
    variables("chatops-execution", SEAL, Map.of("CHATOPS_STORE", "tablestore:deployed"));

    assertThat(sweepAt(Instant.now()).grade()).isEqualTo(Finding.Grade.GOOD);
  }

  @Test
  void a_store_that_does_not_tell_leaves_the_sweep_unknown_and_not_alive() {
    // there are no tables
    Finding unknown = sweepAt(Instant.now());

    assertThat(unknown.grade()).isEqualTo(Finding.Grade.NOTE);
    assertThat(unknown.found()).contains("not known", "store chatops").doesNotContain("alive");

    environment.remove("CHATOPS_TABLESTORE_INSTANCE");
    assertThat(sweepAt(Instant.now()).fix()).contains("CHATOPS_TABLESTORE_INSTANCE");
  }

  @Test
  void names_that_were_changed_in_the_deployment_are_those_that_are_looked_for()
      throws IOException {
    String shipped = Files.readString(deployment);
    deployment = Files.writeString(
        folder.resolve("s.yaml"),
        shipped
            .replace("front: chatops-front\n", "front: ${env('FRONT_NAME', 'team-front')}\n")
            .replace("execution: chatops-execution\n", "execution: team-execution\n")
            .replace("role: chatops-front-role", "role: team-front-role")
            .replace(
                "role: chatops-execution-role",
                "role: acs:ram::${config('AccountID')}:role/team-execution-role")
            .replace("triggerName: sweep", "triggerName: every-minute"));
    List.of("team-front-role", "team-execution-role")
        .forEach(role -> role(role, "{\"Service\":[\"fc.aliyuncs.com\"]}"));
    role("R", "{\"RAM\":[\"acs:ram::1234567890123456:role/team-execution-role\"]}");
    deployed("team-front", SEAL);
    deployed("team-execution", SEAL);
    PEER.stubFor(get("/2023-03-30/functions/team-execution/triggers/every-minute")
        .willReturn(
            aResponse().withBody(JsonWriter.bytes(Map.of("triggerConfig", "{\"enable\":false}")))));

    List<Finding> found = examine(InstantSource.system());

    assertThat(found)
        .extracting(Finding::subject)
        .contains("role team-front-role", "role team-execution-role", "sweep")
        .doesNotContain("functions", "role chatops-front-role", "role chatops-execution-role");
    assertThat(found)
        .filteredOn(each -> each.subject().startsWith("role "))
        .allMatch(each -> each.grade() == Finding.Grade.GOOD);
    assertThat(found)
        .filteredOn(each -> each.subject().equals("sweep"))
        .singleElement()
        .satisfies(each -> assertThat(each.fix()).contains("every-minute of team-execution"));
    assertThat(found.toString()).doesNotContain("chatops-execution");

    environment.put("FRONT_NAME", "other-front");
    assertThat(examine(InstantSource.system()))
        .anySatisfy(each -> assertThat(each.found()).contains("other-front is not deployed"));
  }

  @Test
  void a_deployment_that_does_not_name_its_functions_is_one_finding_that_is_bad()
      throws IOException {
    deployment = Files.writeString(
        folder.resolve("s.yaml"),
        "resources: {execution: {props: {functionName: \"${file('name')}\"}}}");

    assertThat(before())
        .filteredOn(each -> each.grade() == Finding.Grade.BAD)
        .filteredOn(each -> !each.subject().equals("CHATOPS_URL"))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.subject()).isEqualTo("s.yaml");
          assertThat(each.found()).contains("resources.front.props.functionName", "expected");
        });
    deployment = folder.resolve("none.yaml");
    assertThat(bad()).anySatisfy(each -> assertThat(each.found()).contains("none.yaml"));
    assertThat(examine(InstantSource.system())).anySatisfy(each -> {
      assertThat(each.subject()).isEqualTo("functions");
      assertThat(each.grade()).isEqualTo(Finding.Grade.NOTE);
    });
  }

  @Test
  void what_is_not_set_is_named_with_the_command_that_makes_it() {
    environment.keySet().removeIf(name -> !name.equals("CHATOPS_ENDPOINTS"));

    assertThat(bad())
        .extracting(Finding::subject)
        .contains(
            "CHATOPS_SEAL_KEYS",
            "CHATOPS_LINK_KEY",
            "CHATOPS_URL",
            "chats",
            "CHATOPS_TABLESTORE_INSTANCE");
    assertThat(bad().toString()).contains("openssl rand -base64 32");
  }

  @Test
  void a_front_that_is_away_and_a_refused_token_are_findings_and_no_end() {
    environment.put("CHATOPS_URL", "http://127.0.0.1:1");
    environment.put("SLACK_BOT_TOKEN", "xoxb-nobodys");

    assertThat(bad()).extracting(Finding::subject).contains("Front", "Slack");
  }

  @Test
  void a_role_that_trusts_somebody_else_is_found_with_the_policy_it_needs() {
    role("R", "{\"RAM\":\"acs:ram::1234567890123456:user/ann\"}");

    assertThat(bad()).anySatisfy(each -> {
      assertThat(each.subject()).isEqualTo("role R");
      assertThat(each.found()).contains("does not trust", "role/chatops-execution-role");
      assertThat(each.fix()).contains("deploy/policies/operator-trust.json");
    });
  }

  @Test
  void a_role_that_is_missing_is_found_and_what_may_not_be_looked_at_is_no_fault() {
    refusedRoles(404, "EntityNotExist.Role");
    assertThat(bad())
        .extracting(Finding::subject)
        .contains("role R", "role chatops-front-role", "role chatops-execution-role");

    refusedRoles(403, "NoPermission");
    assertThat(bad()).extracting(Finding::subject).doesNotContain("role R", "roles");
    assertThat(examine(InstantSource.system()))
        .anySatisfy(each -> assertThat(each.fix()).contains("ram:GetRole"));
  }

  @Test
  void a_secret_that_dingtalk_refuses_is_found_and_not_shown() {
    PEER.stubFor(post("/v1.0/oauth2/accessToken")
        .willReturn(aResponse()
            .withStatus(400)
            .withBody("{\"code\":\"invalidClientIdOrSecret\",\"message\":\"no\"}")));

    assertThat(bad()).anySatisfy(each -> {
      assertThat(each.subject()).isEqualTo("DingTalk");
      assertThat(each.found()).contains("invalidClientIdOrSecret");
    });
    assertThat(examine(InstantSource.system()).toString())
        .doesNotContain("ding-secret-nobody-sees");
  }

  private List<Finding> before() {
    return new Doctor(file, deployment, environment, true, InstantSource.system()).examine();
  }

  @Test
  void without_a_network_each_check_says_so_and_blames_neither_keys_nor_rights() {
    environment.put("CHATOPS_ENDPOINTS", "*=http://127.0.0.1:1,ots=http://127.0.0.1:1");
    environment.put("CHATOPS_URL", "http://127.0.0.1:1");
    environment.put("FC_ENDPOINT", "http://127.0.0.1:1");
    environment.put("SLACK_API_URL", "http://127.0.0.1:1/api/");
    environment.put("DINGTALK_API_URL", "http://127.0.0.1:1");

    List<Finding> bad = bad();

    assertThat(bad)
        .extracting(Finding::subject)
        .contains("clock", "keys", "roles", "Slack", "DingTalk", "tables", "Front", "functions");
    assertThat(bad.toString()).contains("network").doesNotContain("ram:GetRole", "active key");
  }

  @Test
  void an_address_that_is_none_is_said_to_be_one_and_not_shown() {
    environment.put("SLACK_API_URL", "::nobody");
    environment.put("CHATOPS_ENDPOINTS", "ecs=https://ecs.example.com,*=" + cloud.openApiUrl());

    assertThat(bad()).anySatisfy(each -> {
      assertThat(each.subject()).isEqualTo("Slack");
      assertThat(each.fix()).contains("SLACK_API_URL");
    });
    assertThat(bad()).extracting(Finding::subject).doesNotContain("clock");
    assertThat(bad().toString()).doesNotContain("nobody");
  }

  @Test
  void a_configuration_that_cannot_be_read_is_one_finding_that_is_bad() {
    file = folder.resolve("none.yaml");

    assertThat(before().stream().filter(each -> each.grade() == Finding.Grade.BAD))
        .extracting(Finding::subject)
        .containsExactly("CHATOPS_URL", file.toString());
  }

  @Test
  void a_front_that_fails_is_not_said_to_have_the_secret() {
    PEER.stubFor(post("/slack/command").willReturn(aResponse().withStatus(502)));

    assertThat(examine(InstantSource.system()))
        .noneMatch(each -> each.subject().equals("SLACK_SIGNING_SECRET"))
        .anySatisfy(each -> assertThat(each.found()).contains("answers 502 to a signed command"));

    environment.remove("CHATOPS_URL");
    assertThat(bad())
        .extracting(Finding::subject)
        .containsOnlyOnce("CHATOPS_URL")
        .doesNotContain("SLACK_SIGNING_SECRET");
  }

  @Test
  void before_a_deployment_its_keys_must_be_there_and_the_address_may_be_unknown() {
    environment.keySet().removeIf(name -> name.startsWith("ALIBABA_CLOUD_"));
    environment.remove("CHATOPS_URL");

    assertThat(before()).anySatisfy(each -> {
      assertThat(each.grade()).isEqualTo(Finding.Grade.BAD);
      assertThat(each.subject()).isEqualTo("keys");
    });
    assertThat(before()).anySatisfy(each -> {
      assertThat(each.subject()).isEqualTo("CHATOPS_URL");
      assertThat(each.fix()).contains("https://not-known-yet.example.com");
    });
  }

  @Test
  void it_looks_where_the_deployment_goes_and_not_where_commands_go_by_default() {
    environment.put("ALIYUN_REGION", "cn-shanghai");

    assertThat(bad())
        .extracting(Finding::fix)
        .contains("./chatops deploy-tables chatops --region cn-shanghai");
  }

  private DeployedRegion region() {
    return DeployedRegion.of(file, deployment, environment);
  }

  @Test
  void the_region_is_named_by_the_most_particular_of_what_names_one() throws IOException {
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "{default: cn-hangzhou, allowed: [cn-hangzhou]}",
                "{default: cn-wulanchabu, allowed: [cn-wulanchabu]}"));
    assertThat(region())
        .isEqualTo(new DeployedRegion("cn-wulanchabu", "regions.default of chatops.yaml"));

    Files.createDirectories(folder.resolve(".aliyun"));
    Files.writeString(folder.resolve(".aliyun/config.json"), """
        {"current":"work","profiles":[{"name":"default","region_id":"cn-beijing","access_key_secret":"nobody sees"},
        {"name":"work","mode":"AK","region_id":"cn-qingdao"}]}
        """);
    environment.put("HOME", folder.toString());
    assertThat(region().id()).isEqualTo("cn-qingdao");
    environment.put("ALIBABA_CLOUD_PROFILE", "default");
    assertThat(region())
        .isEqualTo(
            new DeployedRegion("cn-beijing", "the profile 'default' in ~/.aliyun/config.json"));

    environment.put("ALIBABA_CLOUD_REGION_ID", "cn-shenzhen");
    assertThat(region()).isEqualTo(new DeployedRegion("cn-shenzhen", "ALIBABA_CLOUD_REGION_ID"));
    environment.put("ALIYUN_REGION", "cn-shanghai");
    assertThat(region()).isEqualTo(new DeployedRegion("cn-shanghai", "ALIYUN_REGION"));

    // s deploy goes there, whatever is set
    deployment = Files.writeString(
        folder.resolve("s.yaml"),
        Files.readString(deployment)
            .replace("${env('ALIYUN_REGION', 'cn-hangzhou')}", "cn-zhangjiakou"));
    assertThat(region()).isEqualTo(new DeployedRegion("cn-zhangjiakou", "s.yaml"));
  }

  @Test
  void where_nothing_can_be_read_the_region_is_that_of_the_shipped_deployment() throws IOException {
    Files.writeString(file, "version: none");
    Files.createDirectories(folder.resolve(".aliyun"));
    Files.writeString(folder.resolve(".aliyun/config.json"), "{");
    environment.put("HOME", folder.toString());

    assertThat(region())
        .isEqualTo(new DeployedRegion("cn-hangzhou", "what s.yaml takes without ALIYUN_REGION"));
  }

  @Test
  void a_region_that_is_none_is_told_with_what_names_it() {
    environment.put("ALIBABA_CLOUD_REGION_ID", "Hangzhou");

    assertThat(before())
        .filteredOn(each -> each.subject().equals("region"))
        .singleElement()
        .hasToString(
            "BAD   region: 'Hangzhou', named by ALIBABA_CLOUD_REGION_ID, is no region's id\n"
                + "      -> set ALIYUN_REGION to one such as cn-hangzhou");
  }

  @Test
  void executions_that_no_anchor_has_are_told() {
    SyncClient client = new StoreAccess(environment).open("chatops");
    new TableCreation(client, line -> {}).run();
    client.shutdown();
    assertThat(bad()).extracting(Finding::subject).doesNotContain("audit");

    try (TablestoreExecutionStore rows = store()) {
      String ids =
          "{\"executions\":[\"exec-damaged1\",\"exec-damaged2\",\"exec-damaged3\",\"exec-damaged4\"]}";
      rows.shared().put(new SharedRow("audit:unread", "stamp", ids), SharedRows.ABSENT);
    }
    assertThat(bad())
        .filteredOn(each -> each.subject().equals("audit"))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.found())
              .contains("4 executions", "exec-damaged1, exec-damaged2, exec-damaged3, …");
          assertThat(each.fix())
              .contains("audit verify --store tablestore:chatops --region cn-hangzhou");
        });
  }

  @Test
  void a_chat_that_the_configuration_names_without_its_secret_is_found_before_front_fails()
      throws IOException {
    Files.writeString(file, Files.readString(file) + """
        slack: {workspaces: [T0001]}
        dingtalk: {corporations: [dingcorp0001]}
        """);
    environment.remove("DINGTALK_APP_SECRET");

    assertThat(before())
        .filteredOn(each -> each.grade() == Finding.Grade.BAD)
        .extracting(Finding::subject)
        .containsExactly("CHATOPS_URL", "DINGTALK_APP_SECRET");
  }
}
