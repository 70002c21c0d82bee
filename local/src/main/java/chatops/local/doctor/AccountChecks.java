package chatops.local.doctor;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.Session;
import chatops.execution.aliyun.AliyunCloudApi;
import chatops.execution.aliyun.SdkClients;
import chatops.execution.aliyun.ServiceTable;
import chatops.execution.config.ConfigurationFile;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the account and the chats say. */
record AccountChecks(Path file, Map<String, String> environment, InstantSource now) {
  private static final Duration SKEW = Duration.ofSeconds(60);
  static final String NETWORK =
      "is this machine on the network, and are the addresses in the environment right?";
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Pattern OTHER_ENDPOINT =
      Pattern.compile("(?:^|,)\\s*(?:sts|\\*)=([^,\\s]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private String value(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  /** Signatures of the cloud are good for fifteen minutes, those of the chats for five. */
  List<Finding> clock() throws IOException {
    Matcher other = OTHER_ENDPOINT.matcher(value("CHATOPS_ENDPOINTS"));
    long date = Web.get(URI.create(other.find() ? other.group(1) : "https://sts.aliyuncs.com/"))
        .date();
    if (date == 0) {
      return List.of(Finding.note("clock", "the cloud did not say what time it is", ""));
    }
    Duration skew = Duration.between(Instant.ofEpochMilli(date), now.instant()).abs();
    return List.of(
        skew.compareTo(SKEW) <= 0
            ? Finding.good("clock", "within " + SKEW.toSeconds() + " s of the cloud's")
            : Finding.bad(
                "clock",
                skew.toSeconds() + " s beside the cloud's",
                "set this machine's clock (timedatectl set-ntp true)"));
  }

  /** Without keys a deployment ends before it has begun: nobody could make the tables. */
  List<Finding> keysThatDeploy() {
    return value("ALIBABA_CLOUD_ACCESS_KEY_ID").isEmpty()
            || value("ALIBABA_CLOUD_ACCESS_KEY_SECRET").isEmpty()
        ? List.of(Finding.bad(
            "keys",
            "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set",
            "set the keys of whoever deploys: the tables are made with them"))
        : keys();
  }

  List<Finding> keys() {
    if (value("ALIBABA_CLOUD_ACCESS_KEY_ID").isEmpty()) {
      return List.of(Finding.note(
          "keys",
          "ALIBABA_CLOUD_ACCESS_KEY_ID is not set: neither account, tables nor functions are looked at",
          "set the keys of whoever deploys"));
    }
    String account = ConfigurationFile.read(file).account();
    try {
      ObjectNode none = JSON.createObjectNode();
      String found = call(new ApiRequest("sts", "GetCallerIdentity", region(), none, null))
          .path("AccountId")
          .asText();
      return List.of(
          found.equals(account)
              ? Finding.good("keys", "of account " + found)
              : Finding.bad(
                  "keys",
                  "of account " + found + ", but chatops.yaml is for " + account,
                  "set account in chatops.yaml, or the keys of the other account"));
    } catch (ApiException e) {
      if (isNoAnswer(e)) {
        return List.of(Finding.bad("keys", "could not be looked at: " + e.code(), NETWORK));
      }
      return List.of(Finding.bad(
          "keys",
          "refused: " + e.code(),
          "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET of an active key"));
    }
  }

  /** @throws ApiException when the cloud refuses */
  JsonNode call(ApiRequest request) {
    AliyunCloudApi api = new AliyunCloudApi(
        new ServiceTable(
            value("CHATOPS_ENDPOINTS"), ConfigurationFile.read(file).account()),
        new SdkClients(),
        now,
        session -> {});
    return api.call(request, session(), PATIENCE).body();
  }

  /** Nobody refused anything: the network, or a name that nobody has. */
  static boolean isNoAnswer(ApiException e) {
    return e.httpStatus() == 0;
  }

  private String region() {
    return DeployedChecks.region(environment);
  }

  private Session session() {
    return new Session(
        "whoever deploys",
        value("ALIBABA_CLOUD_ACCESS_KEY_ID"),
        value("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
        value("ALIBABA_CLOUD_SECURITY_TOKEN"),
        Instant.MAX);
  }

  List<Finding> tables() {
    StoreAccess store = new StoreAccess(environment);
    String instance = store.instance();
    if (instance.isEmpty() || value("ALIBABA_CLOUD_ACCESS_KEY_ID").isEmpty()) {
      return List.of();
    }
    String fix = "./chatops deploy-tables " + instance + " --region " + region();
    SyncClient client = store.open(instance);
    try {
      int there = client.listTable().getTableNames().size();
      return List.of(
          there == 0
              ? Finding.bad("tables", "instance " + instance + " has none", fix)
              : Finding.good("tables", "instance " + instance + " has " + there));
    } catch (ClientException e) {
      return List.of(Finding.bad(
          "tables",
          "instance " + instance + " is not reached in " + region(),
          "create the instance there, or set ALIYUN_REGION to where it is, then " + fix));
    } catch (TableStoreException e) {
      return List.of(Finding.bad(
          "tables",
          "instance " + instance + " does not answer for these keys",
          "create the instance in " + region() + ", then " + fix));
    } finally {
      client.shutdown();
    }
  }

  List<Finding> slack() throws IOException {
    String token = value("SLACK_BOT_TOKEN");
    if (token.isEmpty()) {
      return List.of();
    }
    String api =
        value("SLACK_API_URL").isEmpty() ? "https://slack.com/api/" : value("SLACK_API_URL");
    Web.Answer answer = Web.post(
        URI.create(api.endsWith("/") ? api : api + "/").resolve("auth.test"),
        "application/x-www-form-urlencoded",
        "",
        Map.of("Authorization", "Bearer " + token));
    JsonNode json = JSON.readTree(answer.body());
    return List.of(
        json.path("ok").asBoolean()
            ? Finding.good(
                "Slack",
                "takes the bot token, workspace " + json.path("team_id").asText())
            : Finding.bad(
                "Slack",
                "refuses the bot token: " + json.path("error").asText("status " + answer.status()),
                "copy the Bot User OAuth Token of the installed app to SLACK_BOT_TOKEN"));
  }

  /** A token of the application; nothing is sent to anybody. */
  List<Finding> dingTalk() throws IOException {
    String secret = value("DINGTALK_APP_SECRET").split(",", -1)[0].strip();
    if (value("DINGTALK_APP_KEY").isEmpty() || secret.isEmpty()) {
      return List.of();
    }
    String api = value("DINGTALK_API_URL").isEmpty()
        ? "https://api.dingtalk.com"
        : value("DINGTALK_API_URL");
    Web.Answer answer = Web.post(
        URI.create(api).resolve("/v1.0/oauth2/accessToken"),
        "application/json",
        JSON.createObjectNode()
            .put("appKey", value("DINGTALK_APP_KEY"))
            .put("appSecret", secret)
            .toString(),
        Map.of());
    JsonNode json = JSON.readTree(answer.body());
    return List.of(
        json.hasNonNull("accessToken")
            ? Finding.good("DingTalk", "takes the application's key and secret")
            : Finding.bad(
                "DingTalk",
                "refuses the application's key and secret: "
                    + json.path("code").asText("status " + answer.status()),
                "copy Client ID and Client Secret of the application to DINGTALK_APP_KEY and"
                    + " DINGTALK_APP_SECRET"));
  }
}
