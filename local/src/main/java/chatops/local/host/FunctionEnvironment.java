package chatops.local.host;

import chatops.cloudsim.CloudSim;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables of both functions, as a deployment would set them; the secrets are in here and nowhere else. */
final class FunctionEnvironment {
  private final Map<String, String> shared = new TreeMap<>();
  private final HostKeys keys;
  private final HostConfiguration configuration;
  private final CloudSim cloud;
  private final Path templates;
  private final String store;

  FunctionEnvironment(
      Machine.Plan plan,
      HostKeys keys,
      HostConfiguration configuration,
      CloudSim cloud,
      URI frontUrl) {
    this.keys = keys;
    this.configuration = configuration;
    this.cloud = cloud;
    this.templates = plan.templates();
    this.store = plan.store() == Machine.Store.SQLITE
        ? "sqlite:" + plan.directory().store()
        : "tablestore:" + SimulatedAccount.INSTANCE;
    shared.put("CHATOPS_SEAL_KEYS", keys.sealKey());
    shared.put("CHATOPS_LINK_KEY", keys.linkKey());
    shared.put("CHATOPS_URL", frontUrl.toString());
    shared.put("EXECUTION_FUNCTION", SimulatedAccount.EXECUTION);
    if (plan.generation() == 2) shared.put("EXECUTION_SERVICE", SimulatedAccount.SERVICE);
    shared.put("FC_ENDPOINT", cloud.functionUrl().toString());
    shared.put("FC_REGION", CloudSim.REGION);
    shared.put("FC_ACCOUNT_ID", SimulatedAccount.ID);
    shared.put("CHATOPS_OUTBOUND_LOOPBACK", "true");
  }

  Map<String, String> front() {
    Map<String, String> environment = new TreeMap<>(shared);
    environment.put("SLACK_SIGNING_SECRET", cloud.slack().app().signingSecret());
    environment.put("DINGTALK_APP_SECRET", cloud.dingTalk().app().appSecret());
    environment.put("DINGTALK_CARD_SECRET", keys.dingtalkCardSecret());
    environment.put("CHATOPS_RIGHTS", configuration.rights().toString());
    environment.put("CHATOPS_FORMS", configuration.forms().toString());
    bot(environment);
    return environment;
  }

  Map<String, String> execution() {
    Map<String, String> environment = new TreeMap<>(shared);
    environment.put("CHATOPS_CONFIG", configuration.yaml().toString());
    environment.put("CHATOPS_STORE", store);
    environment.put("CHATOPS_TEMPLATES", templates.toString());
    environment.put(
        "CHATOPS_ENDPOINTS",
        "*=" + cloud.openApiUrl() + ",ots=" + cloud.tablestoreUrl() + ",oss=" + cloud.ossUrl());
    environment.put("DINGTALK_ROBOT_SECRET", keys.dingtalkRobotSecret());
    environment.put("DINGTALK_APP_KEY", cloud.dingTalk().app().appKey());
    environment.put("DINGTALK_APP_SECRET", cloud.dingTalk().app().appSecret());
    environment.put("DINGTALK_API_URL", cloud.dingTalkUrl().toString());
    bot(environment);
    return environment;
  }

  private void bot(Map<String, String> environment) {
    environment.put("SLACK_BOT_TOKEN", cloud.slack().app().botToken());
    environment.put("SLACK_API_URL", cloud.slackUrl() + "/api/");
  }
}
