package chatops.execution;

import chatops.chat.link.LinkKey;
import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;
import chatops.chat.rights.Configuration;
import chatops.execution.config.ConfigurationFile;
import chatops.execution.config.ConfigurationFileException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says. Secrets are only here; {@link #toString} shows none of them.
 *
 * @param configuration what {@code configurationFile} says at the start
 * @param configurationFile {@code CHATOPS_CONFIG}
 * @param liveRights {@code CHATOPS_RIGHTS_LIVE}: where the configuration is followed instead; empty = {@code configurationFile}
 * @param ossEndpoint {@code CHATOPS_OSS_ENDPOINT}, empty = the region's internal one
 * @param store {@code CHATOPS_STORE}
 * @param templates {@code CHATOPS_TEMPLATES}: directories, searched before the bundled templates
 * @param seal of {@code CHATOPS_SEAL_KEYS}
 * @param linkKey {@code CHATOPS_LINK_KEY}
 * @param url {@code CHATOPS_URL}: public base URL of Front, empty = messages carry no links
 * @param isLoopbackAllowed {@code CHATOPS_OUTBOUND_LOOPBACK}, set by the one-machine host only
 */
record Deployment(
    Configuration configuration,
    Path configurationFile,
    String liveRights,
    String ossEndpoint,
    String store,
    List<Path> templates,
    Seal seal,
    LinkKey linkKey,
    String url,
    String endpoints,
    boolean isLoopbackAllowed,
    String slackBotToken,
    String slackApiUrl,
    String slackWebhookUrl,
    String dingTalkRobotSecret,
    String dingTalkRobotKeyword,
    Map<String, String> dingTalkRobots,
    String dingTalkAppKey,
    String dingTalkAppSecret,
    String dingTalkApiUrl,
    String regionId,
    String accountId,
    Map<String, String> environment) {

  private static final Pattern URL =
      Pattern.compile("https://[^/?#@\\s]+|http://(?:127\\.0\\.0\\.1|localhost)(?::[0-9]+)?");
  private static final List<String> REQUIRED =
      List.of("CHATOPS_CONFIG", "CHATOPS_STORE", "CHATOPS_SEAL_KEYS", "CHATOPS_LINK_KEY");

  /** @throws ConfigurationFileException naming every variable that is missing, or everything wrong with the configuration */
  static Deployment of(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    for (String name : REQUIRED) {
      if (value(environment, name, "").isEmpty()) {
        problems.add(name + " is not set; set it in the function's environment");
      }
    }
    List<Path> templates = new ArrayList<>();
    for (String folder : value(environment, "CHATOPS_TEMPLATES", "").split(File.pathSeparator)) {
      if (!folder.isEmpty() && !Files.isDirectory(Path.of(folder))) {
        problems.add("CHATOPS_TEMPLATES: " + folder + " is no directory");
      } else if (!folder.isEmpty()) {
        templates.add(Path.of(folder));
      }
    }
    Seal seal = read("CHATOPS_SEAL_KEYS", environment, problems, Seal::new);
    LinkKey linkKey = read("CHATOPS_LINK_KEY", environment, problems, LinkKey::new);
    String url = value(environment, "CHATOPS_URL", "").replaceFirst("/+$", "");
    if (!url.isEmpty() && !URL.matcher(url).matches()) {
      problems.add("CHATOPS_URL: expected https://<host> without a path, the same as Front has");
    }
    Map<String, String> robots = robots(value(environment, "DINGTALK_ROBOTS", ""), problems);
    if (!problems.isEmpty() || seal == null || linkKey == null) {
      throw new ConfigurationFileException(String.join("\n", problems));
    }
    Configuration configuration =
        ConfigurationFile.read(Path.of(value(environment, "CHATOPS_CONFIG", "")));
    return new Deployment(
        configuration,
        Path.of(value(environment, "CHATOPS_CONFIG", "")),
        value(environment, "CHATOPS_RIGHTS_LIVE", ""),
        value(environment, "CHATOPS_OSS_ENDPOINT", ""),
        value(environment, "CHATOPS_STORE", ""),
        List.copyOf(templates),
        seal,
        linkKey,
        url,
        value(environment, "CHATOPS_ENDPOINTS", ""),
        value(environment, "CHATOPS_OUTBOUND_LOOPBACK", "").equals("true"),
        value(environment, "SLACK_BOT_TOKEN", ""),
        value(environment, "SLACK_API_URL", "https://slack.com/api"),
        value(environment, "SLACK_WEBHOOK_URL", ""),
        value(environment, "DINGTALK_ROBOT_SECRET", ""),
        value(environment, "DINGTALK_ROBOT_KEYWORD", ""),
        robots,
        value(environment, "DINGTALK_APP_KEY", ""),
        // two of them while it is being changed: the newer one comes first
        value(environment, "DINGTALK_APP_SECRET", "").split(",", -1)[0].strip(),
        value(environment, "DINGTALK_API_URL", "https://api.dingtalk.com"),
        value(environment, "FC_REGION", configuration.regions().initial()),
        value(environment, "FC_ACCOUNT_ID", configuration.account()),
        environment);
  }

  /** Reads one value. */
  private interface Form<T> {
    T of(String text);
  }

  /**
   * Wants what stands there to be of its form; the form's own words name the place and never the value.
   *
   * @return null where nothing stands there, or a problem
   */
  private static <T> @Nullable T read(
      String name, Map<String, String> environment, List<String> problems, Form<T> form) {
    String value = value(environment, name, "");
    try {
      return value.isEmpty() ? null : form.of(value);
    } catch (SealException | IllegalArgumentException e) {
      problems.add(name + ": " + e.getMessage());
      return null;
    }
  }

  /** {@code name=https://oapi.dingtalk.com/robot/send?access_token=…}, several separated by blanks. */
  private static Map<String, String> robots(String text, List<String> problems) {
    Map<String, String> robots = new LinkedHashMap<>();
    for (String each : text.split("\\s+", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0 && each.indexOf("access_token=", equals) > 0) {
        robots.put(each.substring(0, equals), each.substring(equals + 1));
      } else if (!each.isEmpty()) {
        problems.add("DINGTALK_ROBOTS: robot " + (robots.size() + 1)
            + " is not of the form name=https://oapi.dingtalk.com/robot/send?access_token=…");
      }
    }
    return robots;
  }

  private static String value(Map<String, String> environment, String name, String absent) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? absent : value;
  }

  @Override
  public String toString() {
    return "Deployment[" + regionId + ", store " + store + "]";
  }
}
