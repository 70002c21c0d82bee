package chatops.local.doctor;

import chatops.chat.link.LinkKey;
import chatops.chat.reply.Seal;
import chatops.chat.rights.Configuration;
import chatops.execution.config.ConfigurationFile;
import chatops.execution.config.ConfigurationFileException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What can be seen without asking anybody. */
record SettingsChecks(Path file, Map<String, String> environment) {
  private static final String NEW_KEY = "openssl rand -base64 32";

  private String value(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  List<Finding> variables() {
    List<Finding> found = new ArrayList<>();
    found.add(key("CHATOPS_SEAL_KEYS", "CHATOPS_SEAL_KEYS=\"k1:$(" + NEW_KEY + ")\"", Seal::new));
    found.add(key("CHATOPS_LINK_KEY", "CHATOPS_LINK_KEY=\"$(" + NEW_KEY + ")\"", LinkKey::new));
    found.add(url());
    if (value("SLACK_SIGNING_SECRET").isEmpty() && value("DINGTALK_APP_SECRET").isEmpty()) {
      found.add(Finding.bad(
          "chats",
          "neither SLACK_SIGNING_SECRET nor DINGTALK_APP_SECRET is set",
          "set the secret of your app: docs/slack.md, docs/dingtalk.md"));
    }
    if (!value("SLACK_SIGNING_SECRET").isEmpty() && value("SLACK_BOT_TOKEN").isEmpty()) {
      found.add(Finding.note(
          "SLACK_BOT_TOKEN",
          "not set: no windows, and late results only by a web hook",
          "set the app's Bot User OAuth Token: docs/slack.md"));
    }
    if (value("CHATOPS_TABLESTORE_INSTANCE").isEmpty()) {
      found.add(Finding.bad(
          "CHATOPS_TABLESTORE_INSTANCE",
          "not set",
          "set the name of a Tablestore instance, and ./chatops deploy-tables it"));
    }
    return found;
  }

  private interface Read {
    Object of(String text);
  }

  private Finding key(String name, String make, Read read) {
    if (value(name).isEmpty()) {
      return Finding.bad(name, "not set", "make it once and keep it: export " + make);
    }
    try {
      read.of(value(name));
      return Finding.good(name, "well formed");
    } catch (RuntimeException e) {
      // its own words name the place and never the key
      return Finding.bad(name, String.valueOf(e.getMessage()), "make it anew: export " + make);
    }
  }

  private Finding url() {
    try {
      URI url = new URI(value("CHATOPS_URL"));
      if ("https".equals(url.getScheme()) && url.getHost() != null) {
        return Finding.good("CHATOPS_URL", "https://" + url.getHost());
      }
    } catch (java.net.URISyntaxException e) {
      // told below
    }
    return Finding.bad(
        "CHATOPS_URL",
        value("CHATOPS_URL").isEmpty() ? "not set" : "no https address",
        "set the address that s deploy prints for Front; before the first deployment, which makes it, https://not-known-yet.example.com");
  }

  List<Finding> configuration() {
    Configuration configuration;
    try {
      configuration = ConfigurationFile.read(file);
    } catch (ConfigurationFileException e) {
      return List.of(Finding.bad(
          file.toString(), String.valueOf(e.getMessage()), "./chatops config check " + file));
    }
    List<Finding> found = new ArrayList<>();
    found.add(Finding.good(file.toString(), "sound"));
    secret(found, "slack.workspaces", configuration.slack().workspaces(), "SLACK_SIGNING_SECRET");
    secret(
        found,
        "dingtalk.corporations",
        configuration.dingtalk().corporations(),
        "DINGTALK_APP_SECRET");
    return found;
  }

  /** Front does not start without the secret of a chat that the configuration names. */
  private void secret(List<Finding> found, String section, List<String> tenants, String variable) {
    if (!tenants.isEmpty() && value(variable).isEmpty()) {
      found.add(Finding.bad(
          variable,
          "not set, and " + section + " names " + tenants.get(0) + ": Front would not start",
          "set the secret of your app, or take " + section + " out of " + file));
    }
  }
}
