package chatops.local.manifest;

import chatops.chat.command.Verbs;
import chatops.front.slack.SlackShortcut;
import chatops.local.text.Texts;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The app manifest (docs.slack.dev, "App manifest reference"): a slash command for each family of commands, interactivity, shortcuts,
 * the scopes of what the product does. Slack keeps one text for everybody, so the language is chosen when it is made.
 */
public final class SlackManifest {
  private static final String NEW_APP = "https://api.slack.com/apps?new_app=1&manifest_json=";

  /** Bot scopes: slash commands and shortcuts; messages where the bot is a member, and in public channels where it is not. */
  private static final String[] SCOPES = {"commands", "chat:write", "chat:write.public"};

  private final ObjectNode json;

  /**
   * @param front where Front is reached
   * @throws IllegalArgumentException when Slack would not take the address
   */
  public SlackManifest(URI front, String name, Texts texts) {
    if (!"https".equals(front.getScheme())
        || front.getHost() == null
        || front.getRawQuery() != null
        || !(front.getRawPath().isEmpty() || front.getRawPath().equals("/"))) {
      throw new IllegalArgumentException(
          front + ": expected https://<host> without a path, as CHATOPS_URL says it");
    }
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    root.putObject("_metadata").put("major_version", 1).put("minor_version", 1);
    root.putObject("display_information")
        .put("name", name)
        .put("description", texts.get("manifest.description"))
        .put("background_color", "#2456c4");
    ObjectNode features = root.putObject("features");
    features.putObject("bot_user").put("display_name", name).put("always_online", false);
    ArrayNode shortcuts = features.putArray("shortcuts");
    shortcut(shortcuts, "global", SlackShortcut.RUN, "run", texts);
    shortcut(shortcuts, "message", SlackShortcut.SHOW, "show", texts);
    ArrayNode commands = features.putArray("slash_commands");
    for (Verbs.Family family : Verbs.FAMILIES) {
      commands
          .addObject()
          .put("command", "/" + family.name())
          .put("url", front.resolve("/slack/command").toString())
          .put("description", texts.get("manifest." + family.name()))
          .put("usage_hint", usage(family.name()))
          // text arrives as it was typed, so that no parameter is turned into a mention
          .put("should_escape", false);
    }
    ArrayNode scopes = root.putObject("oauth_config").putObject("scopes").putArray("bot");
    for (String scope : SCOPES) {
      scopes.add(scope);
    }
    ObjectNode settings = root.putObject("settings");
    String interactive = front.resolve("/slack/interactive").toString();
    settings
        .putObject("interactivity")
        .put("is_enabled", true)
        .put("request_url", interactive)
        .put("message_menu_options_url", interactive);
    settings.put("org_deploy_enabled", false);
    // a socket would keep a connection open for ever, and switches the request URLs off
    settings.put("socket_mode_enabled", false);
    settings.put("token_rotation_enabled", false);
    this.json = root;
  }

  private static void shortcut(
      ArrayNode shortcuts, String type, String callback, String key, Texts texts) {
    shortcuts
        .addObject()
        .put("name", texts.get("manifest.shortcut." + key))
        .put("type", type)
        .put("callback_id", callback)
        .put("description", texts.get("manifest.shortcut." + key + ".text"));
  }

  private static String usage(String family) {
    StringBuilder usage = new StringBuilder("help");
    for (Verbs.Verb verb : Verbs.of(family)) {
      if (verb.available() && !verb.name().equals("help")) {
        usage.append(" | ").append(verb.name().toLowerCase(Locale.ROOT));
      }
    }
    return usage.toString();
  }

  public ObjectNode json() {
    return json.deepCopy();
  }

  /** Opens Slack's page for a new app with everything filled in. */
  public String link() {
    return NEW_APP + URLEncoder.encode(json.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return json.toPrettyString();
  }
}
