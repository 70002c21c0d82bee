package chatops.chat.rights;

import chatops.chat.rights.Scaling.Hook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the section {@code scaling}. */
final class ScalingJson {
  private static final String ANY_FAILURE = "any-failure";
  private static final String QUORUM = "quorum ";
  private static final int USUAL_CONCURRENCY = 10;
  private static final int MOST_CONCURRENCY = 1000;
  private static final List<String> RESULTS = List.of("CONTINUE", "ABANDON", "ROLLBACK");
  private static final List<String> TRANSITIONS = List.of("SCALE_OUT", "SCALE_IN");

  private final ConfigurationReader reader;

  ScalingJson(ConfigurationReader reader) {
    this.reader = reader;
  }

  Scaling read(@Nullable Object value) {
    Map<String, Object> section = reader.section(value, "scaling", "topics", "chat", "hooks");
    List<Hook> hooks = new ArrayList<>();
    List<?> entries = reader.list(section.get("hooks"), "scaling.hooks");
    for (int i = 0; i < entries.size(); i++) {
      hooks.add(hook(entries.get(i), "scaling.hooks[" + i + "]"));
    }
    return new Scaling(
        reader.texts(section.get("topics"), "scaling.topics"),
        chat(section.get("chat"), "scaling.chat"),
        hooks);
  }

  private Hook hook(@Nullable Object value, String path) {
    Map<String, Object> hook = reader.section(
        value,
        path,
        "groups",
        "hooks",
        "transition",
        "template",
        "parameters",
        "policy",
        "failure",
        "heartbeat",
        "concurrency",
        "ramRole",
        "chat");
    List<String> groups = reader.texts(hook.get("groups"), path + ".groups");
    if (groups.isEmpty()) {
      reader.problem(path + ".groups", "expected at least one scaling group, such as asg-bp1…");
    }
    String template = reader.text(hook.get("template"), path + ".template");
    if (template.isEmpty()) {
      reader.problem(path + ".template", "expected the name of a template");
    }
    Map<String, Object> parameters = parameters(hook.get("parameters"), path + ".parameters");
    int quorum = quorum(hook.get("policy"), path + ".policy");
    together(hook, parameters, path);
    Object heartbeat = hook.get("heartbeat");
    return new Hook(
        groups,
        reader.texts(hook.get("hooks"), path + ".hooks"),
        oneOf(hook.get("transition"), TRANSITIONS, "", path + ".transition"),
        template,
        parameters,
        quorum,
        oneOf(hook.get("failure"), RESULTS, "ABANDON", path + ".failure"),
        heartbeat == null || reader.flag(heartbeat, path + ".heartbeat"),
        concurrency(hook.get("concurrency"), path + ".concurrency"),
        reader.text(hook.get("ramRole"), path + ".ramRole"),
        chat(hook.get("chat"), path + ".chat"));
  }

  /** What is right by itself may be wrong beside another value. */
  private void together(Map<String, Object> hook, Map<String, Object> parameters, String path) {
    boolean isEach = names(parameters, "instanceId");
    boolean hasToken = names(parameters, "lifecycleActionToken");
    if (isEach && hasToken) {
      reader.problem(
          path + ".parameters",
          "a template that is given ${lifecycleActionToken} completes the hook itself, so it cannot run once per "
              + "instance (${instanceId}); give it ${instanceIds}");
    }
    if (hasToken && hook.containsKey("policy")) {
      reader.problem(
          path + ".policy",
          "a template that is given ${lifecycleActionToken} decides the result itself; leave the policy out");
    }
    boolean isQuorum = String.valueOf(hook.get("policy")).startsWith(QUORUM);
    if (isQuorum && !isEach && !hasToken) {
      reader.problem(
          path + ".policy",
          "a quorum counts instances, so the template must run once per instance: give it ${instanceId}");
    }
  }

  private static boolean names(@Nullable Object value, String placeholder) {
    if (value instanceof Map) {
      return names(new ArrayList<>(((Map<?, ?>) value).values()), placeholder);
    }
    if (value instanceof List) {
      for (Object item : (List<?>) value) {
        if (names(item, placeholder)) {
          return true;
        }
      }
      return false;
    }
    return value instanceof String && ((String) value).contains("${" + placeholder + "}");
  }

  private Map<String, Object> parameters(@Nullable Object value, String path) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (value != null && !(value instanceof Map)) {
      reader.problem(path, "expected names with values below");
    }
    if (value instanceof Map) {
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        String name = String.valueOf(entry.getKey());
        Object copy = copy(entry.getValue(), path + "." + name);
        if (copy != null) {
          parameters.put(name, copy);
        }
      }
    }
    return parameters;
  }

  private @Nullable Object copy(@Nullable Object value, String path) {
    if (value instanceof Map) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        Object copy = copy(entry.getValue(), path + "." + entry.getKey());
        if (copy != null) {
          map.put(String.valueOf(entry.getKey()), copy);
        }
      }
      return Collections.unmodifiableMap(map);
    }
    if (value instanceof List) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < ((List<?>) value).size(); i++) {
        Object copy = copy(((List<?>) value).get(i), path + "[" + i + "]");
        if (copy != null) {
          list.add(copy);
        }
      }
      return Collections.unmodifiableList(list);
    }
    if (value instanceof String) {
      placeholders((String) value, path);
    }
    return value;
  }

  /** Other {@code ${…}} are a shell's own, unless somebody only misspelt one of ours. */
  private void placeholders(String text, String path) {
    int start = text.indexOf("${");
    while (start >= 0) {
      int end = text.indexOf('}', start);
      if (end < 0) {
        return;
      }
      String name = text.substring(start + 2, end);
      for (String known : Scaling.PLACEHOLDERS) {
        if (known.equalsIgnoreCase(name) && !known.equals(name)) {
          reader.problem(path, "${" + name + "} is not replaced; did you mean ${" + known + "}?");
        }
      }
      start = text.indexOf("${", end);
    }
  }

  private int quorum(@Nullable Object value, String path) {
    String text = reader.text(value, path).strip();
    if (text.isEmpty() || text.equals(ANY_FAILURE)) {
      return 100;
    }
    if (text.startsWith(QUORUM) && text.endsWith("%")) {
      try {
        int percent =
            Integer.parseInt(text.substring(QUORUM.length(), text.length() - 1).strip());
        if (percent >= 1 && percent <= 100) {
          return percent;
        }
      } catch (NumberFormatException e) {
        // said below like any other text
      }
    }
    reader.problem(path, "expected any-failure, or quorum and 1% to 100%, such as \"quorum 80%\"");
    return 100;
  }

  private int concurrency(@Nullable Object value, String path) {
    if (value == null) {
      return USUAL_CONCURRENCY;
    }
    long number = value instanceof Number ? ((Number) value).longValue() : 0;
    if (number < 1 || number > MOST_CONCURRENCY) {
      reader.problem(path, "expected a whole number from 1 to " + MOST_CONCURRENCY);
      return USUAL_CONCURRENCY;
    }
    return (int) number;
  }

  private String oneOf(@Nullable Object value, List<String> known, String whenAbsent, String path) {
    String text = reader.text(value, path);
    if (!text.isEmpty() && !known.contains(text)) {
      reader.problem(path, "expected " + String.join(", ", known));
    }
    return text.isEmpty() ? whenAbsent : text;
  }

  private String chat(@Nullable Object value, String path) {
    String text = reader.text(value, path);
    boolean isPlace = text.startsWith("slack:") || text.startsWith("dingtalk:");
    int slash = text.indexOf('/');
    if (!text.isEmpty() && (!isPlace || slash < 0 || slash == text.length() - 1)) {
      reader.problem(
          path,
          "expected a channel such as slack:T0001/C0001 or dingtalk:<corp>/<conversation>; /oos whoami shows it");
    }
    return text;
  }

  /** What must agree with the rest of the file. */
  static void check(Configuration configuration, ConfigurationReader reader) {
    List<Hook> hooks = configuration.scaling().hooks();
    for (int i = 0; i < hooks.size(); i++) {
      String role = hooks.get(i).ramRole();
      if (!role.isEmpty() && !configuration.roles().allowed().containsKey(role)) {
        reader.problem("scaling.hooks[" + i + "].ramRole", role + " is not in roles.allowed");
      }
    }
    if (!configuration.scaling().topics().isEmpty() && configuration.account().isEmpty()) {
      reader.problem(
          "scaling.topics", "pushes are held against the account's id: give it as account");
    }
  }

  static void write(Scaling scaling, Map<String, @Nullable Object> json) {
    List<Object> hooks = new ArrayList<>();
    for (Hook hook : scaling.hooks()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("groups", hook.groups());
      entry.put("hooks", hook.hooks());
      put(entry, "transition", hook.transition());
      entry.put("template", hook.template());
      entry.put("parameters", sorted(hook.parameters()));
      if (hook.quorum() < 100) {
        entry.put("policy", QUORUM + hook.quorum() + "%");
      }
      entry.put("failure", hook.failure());
      entry.put("heartbeat", hook.heartbeat());
      entry.put("concurrency", (long) hook.concurrency());
      put(entry, "ramRole", hook.ramRole());
      put(entry, "chat", hook.chat());
      hooks.add(entry);
    }
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("topics", scaling.topics());
    put(section, "chat", scaling.chat());
    section.put("hooks", hooks);
    json.put("scaling", section);
  }

  /** In one order, because the flat form is what the configuration's hash is made of. */
  private static Map<String, Object> sorted(Map<String, Object> map) {
    return new java.util.TreeMap<>(map);
  }

  private static void put(Map<String, Object> entry, String name, String text) {
    if (!text.isEmpty()) {
      entry.put(name, text);
    }
  }
}
