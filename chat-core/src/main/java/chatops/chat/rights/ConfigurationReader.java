package chatops.chat.rights;

import chatops.chat.Language;
import chatops.chat.command.Nearest;
import chatops.chat.rights.Configuration.Approvals;
import chatops.chat.rights.Configuration.Channel;
import chatops.chat.rights.Configuration.DingTalk;
import chatops.chat.rights.Configuration.Grant;
import chatops.chat.rights.Configuration.Outbound;
import chatops.chat.rights.Configuration.Person;
import chatops.chat.rights.Configuration.Regions;
import chatops.chat.rights.Configuration.Roles;
import chatops.chat.rights.Configuration.Slack;
import chatops.chat.rights.ConfigurationException.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one tree into a {@link Configuration}, collecting every problem before it gives up. */
final class ConfigurationReader {
  private final @Nullable Object tree;
  private final List<Problem> problems = new ArrayList<>();

  ConfigurationReader(@Nullable Object tree) {
    this.tree = tree;
  }

  Configuration read() {
    Map<String, Object> root = section(
        tree,
        "",
        "version",
        "language",
        "account",
        "regions",
        "roles",
        "slack",
        "dingtalk",
        "groups",
        "people",
        "channels",
        "rights",
        "approvals",
        "outbound");
    Object version = root.get("version");
    if (!(version instanceof Number) || ((Number) version).longValue() != 1) {
      problem("version", "expected 1: the version of this file's form");
    }
    Language language = language(root.get("language"), "language");
    Map<String, Object> regions = section(root.get("regions"), "regions", "default", "allowed");
    Map<String, Object> roles = section(root.get("roles"), "roles", "default", "allowed");
    Map<String, Object> slack = section(root.get("slack"), "slack", "workspaces", "apps");
    Map<String, Object> dingtalk =
        section(root.get("dingtalk"), "dingtalk", "corporations", "robots");
    Configuration configuration = new Configuration(
        language == null ? Language.EN : language,
        account(root.get("account")),
        new Regions(
            required(regions.get("default"), "regions.default"),
            texts(regions.get("allowed"), "regions.allowed")),
        new Roles(text(roles.get("default"), "roles.default"), arns(roles.get("allowed"))),
        new Slack(
            texts(slack.get("workspaces"), "slack.workspaces"),
            texts(slack.get("apps"), "slack.apps")),
        new DingTalk(
            texts(dingtalk.get("corporations"), "dingtalk.corporations"),
            texts(dingtalk.get("robots"), "dingtalk.robots")),
        groups(root.get("groups")),
        people(root.get("people")),
        channels(root.get("channels")),
        rights(root.get("rights")),
        approvals(root.get("approvals")),
        new Outbound(texts(
            section(root.get("outbound"), "outbound", "hosts").get("hosts"), "outbound.hosts")));
    ConfigurationCheck.check(configuration, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return configuration;
  }

  private String account(@Nullable Object value) {
    // YAML reads an unquoted account id as a number
    String account = value instanceof Long || value instanceof Integer
        ? value.toString()
        : text(value, "account");
    for (int i = 0; i < account.length(); i++) {
      if (account.charAt(i) < '0' || account.charAt(i) > '9') {
        problem("account", "expected the digits of an Alibaba Cloud account id");
        return "";
      }
    }
    return account;
  }

  private Map<String, String> arns(@Nullable Object value) {
    Map<String, String> arns = new LinkedHashMap<>();
    for (Map.Entry<String, Object> role : open(value, "roles.allowed").entrySet()) {
      arns.put(role.getKey(), required(role.getValue(), "roles.allowed." + role.getKey()));
    }
    return arns;
  }

  private Map<String, List<String>> groups(@Nullable Object value) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Map.Entry<String, Object> group : open(value, "groups").entrySet()) {
      groups.put(group.getKey(), texts(group.getValue(), "groups." + group.getKey()));
    }
    return groups;
  }

  private Map<String, Person> people(@Nullable Object value) {
    Map<String, Person> people = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : open(value, "people").entrySet()) {
      String path = "people." + entry.getKey();
      Map<String, Object> person = section(entry.getValue(), path, "language", "ramUser");
      people.put(
          entry.getKey(),
          new Person(
              language(person.get("language"), path + ".language"),
              text(person.get("ramUser"), path + ".ramUser")));
    }
    return people;
  }

  private Map<String, Channel> channels(@Nullable Object value) {
    Map<String, Channel> channels = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : open(value, "channels").entrySet()) {
      String path = "channels." + entry.getKey();
      Map<String, Object> channel = section(entry.getValue(), path, "language");
      channels.put(
          entry.getKey(), new Channel(language(channel.get("language"), path + ".language")));
    }
    return channels;
  }

  private List<Grant> rights(@Nullable Object value) {
    List<Grant> grants = new ArrayList<>();
    List<?> entries = list(value, "rights");
    for (int i = 0; i < entries.size(); i++) {
      String path = "rights[" + i + "]";
      Map<String, Object> grant = section(
          entries.get(i), path, "who", "where", "commands", "templates", "regions", "ramRoles");
      grants.add(new Grant(
          texts(grant.get("who"), path + ".who"),
          texts(grant.get("where"), path + ".where"),
          texts(grant.get("commands"), path + ".commands"),
          texts(grant.get("templates"), path + ".templates"),
          texts(grant.get("regions"), path + ".regions"),
          texts(grant.get("ramRoles"), path + ".ramRoles")));
    }
    return grants;
  }

  private Approvals approvals(@Nullable Object value) {
    Map<String, Object> approvals =
        section(value, "approvals", "bearerLinks", "requesterMayApprove", "approvers");
    return new Approvals(
        flag(approvals.get("bearerLinks"), "approvals.bearerLinks"),
        flag(approvals.get("requesterMayApprove"), "approvals.requesterMayApprove"),
        texts(approvals.get("approvers"), "approvals.approvers"));
  }

  private Map<String, Object> section(@Nullable Object value, String path, String... known) {
    Map<String, Object> section = open(value, path);
    List<String> names = Arrays.asList(known);
    for (String name : section.keySet()) {
      if (!names.contains(name)) {
        String near = Nearest.to(name, names);
        problem(
            path.isEmpty() ? name : path + "." + name,
            near.isEmpty()
                ? "unknown; known here: " + String.join(", ", names)
                : "unknown; did you mean " + near + "?");
      }
    }
    return section;
  }

  private Map<String, Object> open(@Nullable Object value, String path) {
    if (value == null) {
      return Map.of();
    }
    Map<String, Object> members = new LinkedHashMap<>();
    if (!(value instanceof Map)) {
      problem(path.isEmpty() ? "the file" : path, "expected names with values below");
      return members;
    }
    for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
      if (member.getValue() != null) {
        members.put(String.valueOf(member.getKey()), member.getValue());
      }
    }
    return members;
  }

  private List<String> texts(@Nullable Object value, String path) {
    List<String> texts = new ArrayList<>();
    List<?> items = list(value, path);
    for (int i = 0; i < items.size(); i++) {
      texts.add(required(items.get(i), path + "[" + i + "]"));
    }
    return texts;
  }

  private List<?> list(@Nullable Object value, String path) {
    if (value != null && !(value instanceof List)) {
      problem(path, "expected a list");
    }
    return value instanceof List ? (List<?>) value : List.of();
  }

  private String required(@Nullable Object value, String path) {
    if (value == null || "".equals(value)) {
      problem(path, "expected a text");
    }
    return text(value, path);
  }

  private String text(@Nullable Object value, String path) {
    if (value != null && !(value instanceof String)) {
      problem(path, "expected a text; put it in quotes");
    }
    return value instanceof String ? (String) value : "";
  }

  private boolean flag(@Nullable Object value, String path) {
    if (value != null && !(value instanceof Boolean)) {
      problem(path, "expected true or false");
    }
    return Boolean.TRUE.equals(value);
  }

  private @Nullable Language language(@Nullable Object value, String path) {
    if (value == null) {
      return null;
    }
    for (Language language : Language.values()) {
      if (value instanceof String && language.name().equalsIgnoreCase((String) value)) {
        return language;
      }
    }
    problem(path, "expected en, zh or ja");
    return null;
  }

  private void problem(String path, String message) {
    problems.add(new Problem(path, message));
  }
}
