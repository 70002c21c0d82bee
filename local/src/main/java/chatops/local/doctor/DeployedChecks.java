package chatops.local.doctor;

import chatops.chat.fc.Endpoint;
import chatops.chat.fc.FunctionClient;
import chatops.chat.fc.FunctionSettings;
import chatops.chat.rights.Configuration;
import chatops.execution.config.ConfigurationFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is deployed, and whether it fits what is set here. Values of secrets are compared, and never told. */
record DeployedChecks(
    Path file, Map<String, String> environment, DeployedNames names, InstantSource clock) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SHARED =
      List.of("CHATOPS_SEAL_KEYS", "CHATOPS_LINK_KEY", "CHATOPS_URL");
  private static final String DEPLOY = "./chatops deploy";

  private String value(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  /** Where {@code s.yaml} deploys to, which need not be the region that commands mean; see {@link DeployedRegion}. */
  static String region(Map<String, String> environment) {
    String region = environment.getOrDefault(DeployedRegion.VARIABLE, "").strip();
    return region.isEmpty() ? "cn-hangzhou" : region;
  }

  List<Finding> front() {
    if (value("CHATOPS_URL").isEmpty()) {
      return List.of();
    }
    try {
      Web.Answer answer = Web.get(at("/healthz"));
      if (answer.status() != 200 || !answer.body().startsWith("ok")) {
        return List.of(Finding.bad(
            "Front",
            "answers " + answer.status() + " at /healthz",
            "look into the log of " + names.front()
                + ": a setting that is missing is named there"));
      }
      return List.of(
          answer.body().contains(" kept")
              ? Finding.bad(
                  "Front",
                  "serves by older rights, because newer ones cannot be read",
                  "./chatops config check; the log of " + names.front() + " says what is wrong")
              : Finding.good("Front", "serves"));
    } catch (IOException | IllegalArgumentException e) {
      return List.of(Finding.bad(
          "Front",
          "is not reached at CHATOPS_URL (" + e.getClass().getSimpleName() + ")",
          "before the first deployment this is so; else set CHATOPS_URL to what s deploy printed"));
    }
  }

  private URI at(String path) {
    return URI.create(value("CHATOPS_URL").replaceFirst("/+$", "") + path);
  }

  /** A command of no workspace, signed with our secret: whoever shares the secret does not answer 401. */
  List<Finding> slackSecret() throws IOException {
    String secret = value("SLACK_SIGNING_SECRET").split(",", -1)[0].strip();
    if (secret.isEmpty()
        || value("CHATOPS_URL").isEmpty()
        || front().stream().anyMatch(each -> each.grade() == Finding.Grade.BAD)) {
      return List.of();
    }
    // from an app that Front takes: that of chatops.yaml, with the classic token where one is set
    String app =
        ConfigurationFile.read(file).slack().apps().stream().findFirst().orElse("A0DOCTOR");
    String body = "token=" + URLEncoder.encode(value("SLACK_TOKEN"), StandardCharsets.UTF_8)
        + "&team_id=T0DOCTOR&channel_id=C0DOCTOR&user_id=U0DOCTOR&command=%2Foos&text=help"
        + "&api_app_id=" + app + "&trigger_id=1.2.doctor"
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2Fdoctor";
    String timestamp = String.valueOf(clock.instant().getEpochSecond());
    Web.Answer answer = Web.post(
        at("/slack/command"),
        "application/x-www-form-urlencoded",
        body,
        Map.of(
            "X-Slack-Request-Timestamp",
            timestamp,
            "X-Slack-Signature",
            signature(secret, "v0:" + timestamp + ":" + body)));
    return List.of(
        switch (answer.status()) {
          case 200 -> Finding.good("SLACK_SIGNING_SECRET", "Front has the same");
          case 401, 404 ->
            Finding.bad(
                "SLACK_SIGNING_SECRET",
                "Front has another one, or another clock, SLACK_TOKEN or slack.apps than stand here",
                "set the Signing Secret of the app, then " + DEPLOY);
          default ->
            Finding.bad(
                "Front",
                "answers " + answer.status() + " to a signed command",
                "look into the log of " + names.front());
        });
  }

  private static String signature(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  List<Finding> functions() throws IOException {
    if (value("ALIBABA_CLOUD_ACCESS_KEY_ID").isEmpty()) {
      return List.of();
    }
    Configuration configuration = ConfigurationFile.read(file);
    FunctionSettings settings = new FunctionSettings(
        value("FC_ENDPOINT").isEmpty()
            ? Endpoint.parse("https://" + configuration.account() + "." + region(environment)
                + ".fc.aliyuncs.com")
            : Endpoint.parse(value("FC_ENDPOINT")),
        new FunctionClient.Key(
            value("ALIBABA_CLOUD_ACCESS_KEY_ID"),
            value("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
            value("ALIBABA_CLOUD_SECURITY_TOKEN")),
        clock,
        Duration.ofSeconds(8));
    Optional<byte[]> front = settings.function(names.front());
    Optional<byte[]> execution = settings.function(names.execution());
    if (front.isEmpty() || execution.isEmpty()) {
      return List.of(Finding.note(
          "functions",
          (front.isEmpty() ? names.front() : names.execution()) + " is not deployed in "
              + region(environment),
          "./chatops deploy; ALIYUN_REGION names another region"));
    }
    JsonNode there = variables(execution.get());
    List<Finding> found = new ArrayList<>(compared(variables(front.get()), there));
    found.addAll(new SweepChecks(new StoreAccess(environment), names, clock)
        .sweep(
            settings.trigger(names.execution(), names.sweep()),
            there.path("CHATOPS_STORE").asText()));
    return found;
  }

  private static JsonNode variables(byte[] function) throws IOException {
    return JSON.readTree(function).path("environmentVariables");
  }

  private List<Finding> compared(JsonNode front, JsonNode execution) {
    List<Finding> found = new ArrayList<>();
    for (String name : SHARED) {
      String there = front.path(name).asText();
      if (!there.equals(execution.path(name).asText())) {
        found.add(Finding.bad(
            name,
            "Front and Execution have different values: nothing that one sends can be read by the other",
            "keep one value, then " + DEPLOY));
      } else if (!value(name).isEmpty() && !value(name).equals(there)) {
        found.add(
            Finding.note(
                name,
                "is another one here than in both functions",
                "a deployment from here would change it; executions that wait could no longer be read"));
      } else {
        found.add(Finding.good(name, "the same in both functions"));
      }
    }
    return found;
  }
}
