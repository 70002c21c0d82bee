package chatops.front;

import chatops.chat.json.JsonException;
import chatops.chat.link.LinkKey;
import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.ConfigurationException;
import chatops.chat.rights.ConfigurationJson;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Front's settings, from the environment and the compiled rights file it names.
 *
 * @param slackSecrets empty when Slack is not used
 * @param slackToken empty = not compared
 * @param dingtalkSecrets empty when DingTalk is not used
 * @param url origin that browsers see, without a slash at the end
 * @param loopbackAllowed whether replies may go to this machine
 */
record Settings(
    Configuration configuration,
    List<String> slackSecrets,
    String slackToken,
    List<String> dingtalkSecrets,
    Seal seal,
    LinkKey linkKey,
    String url,
    boolean loopbackAllowed) {

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
    if (configuration == null || seal == null || linkKey == null || !problems.isEmpty()) {
      return null;
    }
    return new Settings(
        configuration,
        slack,
        reader.get("SLACK_TOKEN"),
        dingtalk,
        seal,
        linkKey,
        url,
        reader.get("CHATOPS_OUTBOUND_LOOPBACK").equals("true"));
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
