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
    json.put(
        "dingtalk",
        pair(
            "corporations",
            configuration.dingtalk().corporations(),
            "robots",
            configuration.dingtalk().robots()));
    json.put("groups", configuration.groups());
    json.put("people", people(configuration.people()));
    json.put("channels", channels(configuration.channels()));
    List<Object> rights = new ArrayList<>();
    for (Grant grant : configuration.rights()) {
      rights.add(grant(grant));
    }
    json.put("rights", rights);
    Map<String, Object> approvals = new LinkedHashMap<>();
    approvals.put("bearerLinks", configuration.approvals().bearerLinks());
    approvals.put("requesterMayApprove", configuration.approvals().requesterMayApprove());
    approvals.put("approvers", configuration.approvals().approvers());
    json.put("approvals", approvals);
    json.put("outbound", Map.of("hosts", configuration.outbound().hosts()));
    return JsonWriter.bytes(json);
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
    json.put("who", grant.who());
    json.put("where", grant.where());
    json.put("commands", grant.commands());
    json.put("templates", grant.templates());
    json.put("regions", grant.regions());
    json.put("ramRoles", grant.ramRoles());
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
