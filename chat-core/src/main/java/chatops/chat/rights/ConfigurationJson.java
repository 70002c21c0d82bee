package chatops.chat.rights;

import chatops.chat.Language;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.rights.Configuration.Channel;
import chatops.chat.rights.Configuration.Grant;
import chatops.chat.rights.Configuration.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flat form of a {@link Configuration}: JSON of the same shape as {@code chatops.yaml}, which Front reads at a cold start. */
public final class ConfigurationJson {
  private ConfigurationJson() {}

  /** @throws ConfigurationException with every problem found, each with its path */
  public static Configuration read(byte[] utf8) {
    return of(JsonReader.read(utf8));
  }

  /**
   * From maps, lists, strings, numbers and booleans: what a YAML or JSON reader gives.
   *
   * @throws ConfigurationException with every problem found, each with its path
   */
  public static Configuration of(@Nullable Object tree) {
    return new ConfigurationReader(tree).read();
  }

  public static byte[] write(Configuration configuration) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("version", 1L);
    json.put("language", code(configuration.language()));
    json.put("account", configuration.account());
    json.put(
        "regions",
        pair(
            "default",
            configuration.regions().initial(),
            "allowed",
            configuration.regions().allowed()));
    json.put(
        "roles",
        pair(
            "default",
            configuration.roles().initial(),
            "allowed",
            configuration.roles().allowed()));
    json.put(
        "slack",
        pair(
            "workspaces",
            configuration.slack().workspaces(),
            "apps",
            configuration.slack().apps()));
    json.put("dingtalk", dingtalk(configuration.dingtalk()));
    json.put("groups", configuration.groups());
    json.put("people", people(configuration.people()));
    json.put("channels", channels(configuration.channels()));
    json.put("aliases", configuration.aliases());
    List<Object> rights = new ArrayList<>();
    for (Grant grant : configuration.rights()) {
      rights.add(grant(grant));
    }
    json.put("rights", rights);
    json.put("approvals", ApprovalsJson.write(configuration.approvals()));
    json.put("outbound", Map.of("hosts", configuration.outbound().hosts()));
    OperationsJson.write(configuration.operations(), json);
    if (!configuration.scaling().isEmpty()) {
      ScalingJson.write(configuration.scaling(), json);
    }
    if (configuration.scripts() != null) {
      ScriptsJson.write(configuration.scripts(), json);
    }
    return JsonWriter.bytes(json);
  }

  private static Map<String, Object> dingtalk(Configuration.DingTalk dingtalk) {
    Map<String, Object> json =
        pair("corporations", dingtalk.corporations(), "robots", dingtalk.robots());
    if (!dingtalk.cardTemplate().isEmpty()) {
      json.put("cards", pair("template", dingtalk.cardTemplate(), "route", dingtalk.cardRoute()));
    }
    return json;
  }

  private static Map<String, Object> people(Map<String, Person> people) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Map.Entry<String, Person> entry : people.entrySet()) {
      Map<String, Object> person = new LinkedHashMap<>();
      putLanguage(entry.getValue().language(), person);
      if (!entry.getValue().ramUser().isEmpty()) {
        person.put("ramUser", entry.getValue().ramUser());
      }
      json.put(entry.getKey(), person);
    }
    return json;
  }

  private static Map<String, Object> channels(Map<String, Channel> channels) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Map.Entry<String, Channel> entry : channels.entrySet()) {
      Map<String, Object> channel = new LinkedHashMap<>();
      putLanguage(entry.getValue().language(), channel);
      if (!entry.getValue().robot().isEmpty()) {
        channel.put("robot", entry.getValue().robot());
      }
      json.put(entry.getKey(), channel);
    }
    return json;
  }

  private static void putLanguage(@Nullable Language language, Map<String, Object> json) {
    if (language != null) {
      json.put("language", code(language));
    }
  }

  private static Map<String, Object> grant(Grant grant) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (!grant.name().isEmpty()) {
      json.put("name", grant.name());
    }
    json.put("who", grant.who());
    json.put("where", grant.where());
    json.put("commands", grant.commands());
    json.put("templates", grant.templates());
    json.put("regions", grant.regions());
    json.put("ramRoles", grant.ramRoles());
    if (!grant.parameters().isEmpty()) {
      json.put("parameters", grant.parameters());
    }
    return json;
  }

  private static String code(Language language) {
    return language.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> pair(
      String name, Object value, String other, Object otherValue) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(name, value);
    json.put(other, otherValue);
    return json;
  }
}
