package chatops.front;

import chatops.chat.fc.FunctionClient;
import chatops.chat.form.TemplateForms;
import chatops.chat.json.JsonException;
import chatops.chat.link.LinkKey;
import chatops.chat.oss.OssObject;
import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.ConfigurationException;
import chatops.chat.rights.ConfigurationJson;
import chatops.chat.rights.FileSource;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.OssSource;
import chatops.chat.rights.RightsSource;
import chatops.chat.url.HostName;
import chatops.front.dingtalk.DingTalkEnvelope;
import chatops.front.push.PushSettings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Front's settings, from the environment and the compiled rights file it names.
 *
 * @param configuration what holds at the start
 * @param rightsFile where it was read
 * @param liveRights where the rights are followed instead: an object in OSS or a file; empty = {@code rightsFile} itself
 * @param ossEndpoint empty = the region's internal one
 * @param slackSecrets empty when Slack is not used
 * @param slackToken empty = not compared
 * @param slackBotToken empty = no modals
 * @param dingtalkSecrets empty when DingTalk is not used
 * @param dingtalkCardSecrets empty when no cards are used
 * @param dingtalkEnvelope null when the robot's messages come in clear
 * @param url origin that browsers see, without a slash at the end
 * @param forms path of the compiled forms, empty = none
 * @param loopbackAllowed whether replies may go to this machine
 * @param pushes null when {@code scaling.topics} names none
 */
record Settings(
    Configuration configuration,
    Path rightsFile,
    String liveRights,
    String ossEndpoint,
    String region,
    List<String> slackSecrets,
    String slackToken,
    String slackBotToken,
    String slackApiUrl,
    List<String> dingtalkSecrets,
    List<String> dingtalkCardSecrets,
    @Nullable DingTalkEnvelope dingtalkEnvelope,
    Seal seal,
    LinkKey linkKey,
    String url,
    String forms,
    boolean loopbackAllowed,
    @Nullable PushSettings pushes) {

  /**
   * @param problems takes what is missing or wrong, named by variable
   * @return null when there are problems
   */
  static @Nullable Settings read(Map<String, String> environment, List<String> problems) {
    Reader reader = new Reader(environment, problems);
    Configuration configuration = reader.configuration();
    Seal seal = reader.seal();
    LinkKey linkKey = reader.linkKey();
    String url = reader.url();
    List<String> slack = reader.secrets("SLACK_SIGNING_SECRET");
    List<String> dingtalk = reader.secrets("DINGTALK_APP_SECRET");
    if (configuration != null) {
      reader.platforms(configuration, slack, dingtalk);
    }
    DingTalkEnvelope envelope = reader.envelope();
    PushSettings pushes = configuration == null ? null : reader.pushes(configuration);
    if (configuration == null || seal == null || linkKey == null || !problems.isEmpty()) {
      return null;
    }
    return new Settings(
        configuration,
        Path.of(reader.get("CHATOPS_RIGHTS")),
        reader.get("CHATOPS_RIGHTS_LIVE"),
        reader.get("CHATOPS_OSS_ENDPOINT"),
        reader.get("FC_REGION"),
        slack,
        reader.get("SLACK_TOKEN"),
        reader.get("SLACK_BOT_TOKEN"),
        reader.slackApiUrl(),
        dingtalk,
        reader.secrets("DINGTALK_CARD_SECRET"),
        envelope,
        seal,
        linkKey,
        url,
        reader.forms(),
        reader.get("CHATOPS_OUTBOUND_LOOPBACK").equals("true"),
        pushes);
  }

  /**
   * The rights as they change.
   *
   * @throws IllegalArgumentException when {@code CHATOPS_RIGHTS_LIVE} or the endpoint is no address
   */
  LiveRights follow(FunctionClient.Keys keys, InstantSource clock, LiveRights.Log log) {
    if (!liveRights.contains("://")) {
      boolean isSame = liveRights.isEmpty();
      Path file = isSame ? rightsFile : Path.of(liveRights);
      return new LiveRights(configuration, isSame, new LateFile(file, clock), clock, log);
    }
    String where = region.isEmpty() ? configuration.regions().initial() : region;
    OssObject object = new OssObject(liveRights, ossEndpoint, where, keys, clock);
    return new LiveRights(configuration, false, new OssSource(object, FileSource.FLAT), clock, log);
  }

  /** A file that is looked at later: nothing of that is loaded on the way of the first command. */
  private static final class LateFile implements RightsSource {
    private final Path file;
    private final InstantSource clock;
    private @Nullable RightsSource source;

    LateFile(Path file, InstantSource clock) {
      this.file = file;
      this.clock = clock;
    }

    @Override
    public @Nullable Configuration newer() throws IOException {
      if (source == null) {
        source = new FileSource(file, FileSource.FLAT, clock, false);
      }
      return source.newer();
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  @Override
  public String toString() {
    return "Settings[" + url + "]";
  }

  private record Reader(Map<String, String> environment, List<String> problems) {
    String get(String name) {
      String value = environment.get(name);
      return value == null ? "" : value.strip();
    }

    private String required(String name, String what) {
      String value = get(name);
      if (value.isEmpty()) {
        problems.add(name + " is not set: " + what);
      }
      return value;
    }

    List<String> secrets(String name) {
      List<String> secrets = new ArrayList<>();
      if (get(name).isEmpty()) {
        return secrets;
      }
      for (String secret : get(name).split(",", -1)) {
        if (secret.strip().length() < 8) {
          problems.add(name + ": secret " + (secrets.size() + 1) + " is shorter than 8 characters");
        }
        secrets.add(secret.strip());
      }
      if (secrets.size() > 2) {
        problems.add(name + ": " + secrets.size() + " secrets; at most two, during a rotation");
      }
      return secrets;
    }

    @Nullable
    DingTalkEnvelope envelope() {
      String key = get("DINGTALK_AES_KEY");
      try {
        return key.isEmpty() ? null : new DingTalkEnvelope(key);
      } catch (IllegalArgumentException e) {
        problems.add("DINGTALK_AES_KEY: " + e.getMessage());
        return null;
      }
    }

    @Nullable
    Configuration configuration() {
      String path = required("CHATOPS_RIGHTS", "the path of the compiled chatops.yaml");
      if (path.isEmpty()) {
        return null;
      }
      try {
        return ConfigurationJson.read(Files.readAllBytes(Path.of(path)));
      } catch (IOException | InvalidPathException e) {
        problems.add(
            "CHATOPS_RIGHTS: the file does not read (" + e.getClass().getSimpleName() + ")");
      } catch (JsonException | ConfigurationException e) {
        problems.add("CHATOPS_RIGHTS: " + e.getMessage());
      }
      return null;
    }

    String slackApiUrl() {
      String url = get("SLACK_API_URL");
      if (!url.isEmpty() && !url.startsWith("https://") && !url.startsWith("http://")) {
        problems.add("SLACK_API_URL: expected https://<host>/<path>");
      }
      return url.isEmpty() ? "https://slack.com/api/" : url;
    }

    /** Only whether the file is there and one of ours: its forms are read when one is wanted. */
    String forms() {
      String path = get("CHATOPS_FORMS");
      if (path.isEmpty()) {
        return path;
      }
      if (!new File(path).isFile()) {
        problems.add(
            "CHATOPS_FORMS: there is no such file; ./chatops config compile --forms writes it");
        return path;
      }
      byte[] file;
      try {
        file = Files.readAllBytes(Path.of(path));
      } catch (IOException e) {
        problems.add(
            "CHATOPS_FORMS: the file does not read (" + e.getClass().getSimpleName() + ")");
        return path;
      }
      try {
        TemplateForms.check(file);
      } catch (IOException e) {
        problems.add("CHATOPS_FORMS: " + e.getMessage());
      }
      return path;
    }

    @Nullable
    PushSettings pushes(Configuration configuration) {
      String given = get("CHATOPS_MNS_CERTIFICATE_HOSTS");
      String file = get("CHATOPS_MNS_CERTIFICATE_AUTHORITIES");
      if (configuration.scaling().topics().isEmpty()) {
        return null;
      }
      List<String> hosts = new ArrayList<>();
      for (String host : (given.isEmpty() ? PushSettings.USUAL_HOST : given).split(",", -1)) {
        if (!HostName.isName(host.strip())) {
          problems.add(
              "CHATOPS_MNS_CERTIFICATE_HOSTS: expected exact host names, separated by commas");
        }
        hosts.add(host.strip().toLowerCase(Locale.ROOT));
      }
      byte[] authorities = new byte[0];
      if (!file.isEmpty()) {
        try {
          authorities = Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException e) {
          problems.add("CHATOPS_MNS_CERTIFICATE_AUTHORITIES: the file does not read ("
              + e.getClass().getSimpleName() + ")");
        }
      }
      return new PushSettings(
          configuration.account(),
          configuration.scaling().topics(),
          hosts,
          authorities,
          get("CHATOPS_OUTBOUND_LOOPBACK").equals("true"));
    }

    @Nullable
    Seal seal() {
      String keys =
          required("CHATOPS_SEAL_KEYS", "keyId:base64-of-32-bytes, the same list as Execution has");
      try {
        return keys.isEmpty() ? null : new Seal(keys);
      } catch (SealException e) {
        problems.add("CHATOPS_SEAL_KEYS: " + e.getMessage());
        return null;
      }
    }

    @Nullable
    LinkKey linkKey() {
      String key = required("CHATOPS_LINK_KEY", "32 bytes in base64, the same as Execution has");
      try {
        return key.isEmpty() ? null : new LinkKey(key);
      } catch (IllegalArgumentException e) {
        problems.add("CHATOPS_LINK_KEY: " + e.getMessage());
        return null;
      }
    }

    String url() {
      String url = required(
          "CHATOPS_URL",
          "the address people's browsers reach Front by, such as https://chatops.example.com");
      if (url.isEmpty()) {
        return "";
      }
      try {
        URI uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        boolean local = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
        boolean scheme = "https".equals(uri.getScheme()) || local && "http".equals(uri.getScheme());
        if (!scheme
            || uri.getHost() == null
            || !uri.getRawPath().isEmpty()
            || uri.getRawQuery() != null) {
          problems.add("CHATOPS_URL: expected https://<host> without a path");
        }
        return uri.toString();
      } catch (URISyntaxException e) {
        problems.add("CHATOPS_URL: this is not a URL");
        return "";
      }
    }

    void platforms(Configuration configuration, List<String> slack, List<String> dingtalk) {
      boolean wantsSlack = !configuration.slack().workspaces().isEmpty();
      boolean wantsDingTalk = !configuration.dingtalk().corporations().isEmpty();
      if (wantsSlack && slack.isEmpty()) {
        problems.add("SLACK_SIGNING_SECRET is not set, and chatops.yaml names Slack workspaces");
      }
      if (wantsDingTalk && dingtalk.isEmpty()) {
        problems.add(
            "DINGTALK_APP_SECRET is not set, and chatops.yaml names DingTalk corporations");
      }
      if (!wantsSlack && !wantsDingTalk) {
        problems.add(
            "CHATOPS_RIGHTS: the configuration names neither slack.workspaces nor dingtalk.corporations");
      }
    }
  }
}
