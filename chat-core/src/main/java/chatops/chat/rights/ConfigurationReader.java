package chatops.chat.rights;

import chatops.chat.Language;
import chatops.chat.command.Nearest;
import chatops.chat.rights.Configuration.Channel;
import chatops.chat.rights.Configuration.DingTalk;
import chatops.chat.rights.Configuration.Grant;
import chatops.chat.rights.Configuration.Outbound;
import chatops.chat.rights.Configuration.Person;
import chatops.chat.rights.Configuration.Regions;
import chatops.chat.rights.Configuration.Roles;
import chatops.chat.rights.Configuration.Slack;
import chatops.chat.rights.ConfigurationException.Problem;
import java.time.Duration;
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
        "aliases",
        "rights",
        "approvals",
        "outbound",
        "limits",
        "locks",
        "expiry",
        "retention",
        "sessions",
        "scaling",
        "scripts");
    Object version = root.get("version");
    if (!(version instanceof Number) || ((Number) version).longValue() != 1) {
      problem("version", "expected 1: the version of this file's form");
    }
    Language language = language(root.get("language"), "language");
    Map<String, Object> regions = section(root.get("regions"), "regions", "default", "allowed");
    Map<String, Object> roles = section(root.get("roles"), "roles", "default", "allowed");
    Map<String, Object> slack = section(root.get("slack"), "slack", "workspaces", "apps");
    Map<String, Object> dingtalk =
        section(root.get("dingtalk"), "dingtalk", "corporations", "robots", "cards");
    Map<String, Object> cards =
        section(dingtalk.get("cards"), "dingtalk.cards", "template", "route");
    Configuration configuration = new Configuration(
        language == null ? Language.EN : language,
        account(root.get("account")),
        new Regions(
            required(regions.get("default"), "regions.default"),
            texts(regions.get("allowed"), "regions.allowed")),
        new Roles(
            text(roles.get("default"), "roles.default"),
            named(roles.get("allowed"), "roles.allowed")),
        new Slack(
            texts(slack.get("workspaces"), "slack.workspaces"),
            texts(slack.get("apps"), "slack.apps")),
        new DingTalk(
            texts(dingtalk.get("corporations"), "dingtalk.corporations"),
            texts(dingtalk.get("robots"), "dingtalk.robots"),
            text(cards.get("template"), "dingtalk.cards.template"),
            text(cards.get("route"), "dingtalk.cards.route")),
        groups(root.get("groups")),
        people(root.get("people")),
        channels(root.get("channels")),
        named(root.get("aliases"), "aliases"),
        rights(root.get("rights")),
        new ApprovalsJson(this).read(root.get("approvals")),
        new Outbound(texts(
            section(root.get("outbound"), "outbound", "hosts").get("hosts"), "outbound.hosts")),
        new OperationsJson(this).read(root),
        root.containsKey("scaling")
            ? new ScalingJson(this).read(root.get("scaling"))
            : Scaling.NONE,
        root.containsKey("scripts") ? new ScriptsJson(this).read(root.get("scripts")) : null);
    ConfigurationCheck.check(configuration, problems);
    if (configuration.scaling() != Scaling.NONE) {
      ScalingJson.check(configuration, this);
    }
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

  private Map<String, String> named(@Nullable Object value, String path) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : open(value, path).entrySet()) {
      texts.put(entry.getKey(), required(entry.getValue(), path + "." + entry.getKey()));
    }
    return texts;
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
      Map<String, Object> channel = section(entry.getValue(), path, "language", "robot");
      channels.put(
          entry.getKey(),
          new Channel(
              language(channel.get("language"), path + ".language"),
              text(channel.get("robot"), path + ".robot")));
    }
    return channels;
  }

  private List<Grant> rights(@Nullable Object value) {
    List<Grant> grants = new ArrayList<>();
    List<?> entries = list(value, "rights");
    for (int i = 0; i < entries.size(); i++) {
      String path = "rights[" + i + "]";
      Map<String, Object> grant = section(
          entries.get(i),
          path,
          "name",
          "who",
          "where",
          "commands",
          "templates",
          "regions",
          "ramRoles",
          "parameters");
      grants.add(new Grant(
          text(grant.get("name"), path + ".name"),
          texts(grant.get("who"), path + ".who"),
          texts(grant.get("where"), path + ".where"),
          texts(grant.get("commands"), path + ".commands"),
          texts(grant.get("templates"), path + ".templates"),
          texts(grant.get("regions"), path + ".regions"),
          texts(grant.get("ramRoles"), path + ".ramRoles"),
          parameters(grant.get("parameters"), path + ".parameters")));
    }
    return grants;
  }

  /** One pattern or several; numbers and booleans are meant as the text they are written as. */
  private Map<String, List<String>> parameters(@Nullable Object value, String path) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : open(value, path).entrySet()) {
      String below = path + "." + entry.getKey();
      List<String> patterns = new ArrayList<>();
      List<?> items = entry.getValue() instanceof List
          ? (List<?>) entry.getValue()
          : Arrays.asList(entry.getValue());
      for (Object item : items) {
        boolean isPlain =
            item instanceof String || item instanceof Number || item instanceof Boolean;
        if (!isPlain || item.toString().isEmpty()) {
          problem(below, "expected a pattern of values, or a list of them, such as staging*");
        } else {
          patterns.add(item.toString());
        }
      }
      if (items.isEmpty()) {
        problem(below, "expected at least one pattern; \"*\" is any value");
      }
      parameters.put(entry.getKey(), List.copyOf(patterns));
    }
    return parameters;
  }

  /** Patterns of template names, at least one. */
  List<String> patterns(Map<String, Object> entry, String path) {
    List<String> templates = texts(entry.get("templates"), path + ".templates");
    if (templates.isEmpty()) {
      problem(path + ".templates", "expected at least one pattern of template names; \"*\" is all");
    }
    return templates;
  }

  int number(@Nullable Object value, int least, int most, String path) {
    long number = value instanceof Number ? ((Number) value).longValue() : least - 1L;
    if (number < least || number > most) {
      problem(path, "expected a whole number from " + least + " to " + most);
      return least;
    }
    return (int) number;
  }

  @Nullable
  Duration time(@Nullable Object value, String path) {
    String text = text(value, path);
    Duration time = text.isEmpty() ? null : Lifetime.parse(text);
    if (!text.isEmpty() && time == null) {
      problem(path, Lifetime.FORM);
    }
    return time;
  }

  Map<String, Object> section(@Nullable Object value, String path, String... known) {
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

  Map<String, Object> open(@Nullable Object value, String path) {
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

  List<String> texts(@Nullable Object value, String path) {
    List<String> texts = new ArrayList<>();
    List<?> items = list(value, path);
    for (int i = 0; i < items.size(); i++) {
      texts.add(required(items.get(i), path + "[" + i + "]"));
    }
    return texts;
  }

  List<?> list(@Nullable Object value, String path) {
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

  String text(@Nullable Object value, String path) {
    if (value != null && !(value instanceof String)) {
      problem(path, "expected a text; put it in quotes");
    }
    return value instanceof String ? (String) value : "";
  }

  boolean flag(@Nullable Object value, String path) {
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

  void problem(String path, String message) {
    problems.add(new Problem(path, message));
  }
}
