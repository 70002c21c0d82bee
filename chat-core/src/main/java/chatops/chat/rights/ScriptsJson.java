package chatops.chat.rights;

import chatops.chat.rights.Scripts.Parameter;
import chatops.chat.rights.Scripts.Script;
import chatops.chat.rights.Scripts.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the section {@code scripts}. */
final class ScriptsJson {
  /** What Cloud Assistant takes is 24 KB in Base64; around a script stand the lines that give it its parameters. */
  private static final int LONGEST = 12 * 1024;

  private static final int USUAL_SECONDS = 600;
  private static final int MOST_SECONDS = 86_400;
  private static final int MOST_PARAMETERS = 20;

  private final ConfigurationReader reader;

  ScriptsJson(ConfigurationReader reader) {
    this.reader = reader;
  }

  Scripts read(@Nullable Object value) {
    Map<String, Script> scripts = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : reader.open(value, "scripts").entrySet()) {
      String path = "scripts." + entry.getKey();
      if (!isWord(entry.getKey(), "-._")) {
        reader.problem(path, "the name of a script is letters, digits, - . and _");
      }
      scripts.put(entry.getKey(), script(entry.getValue(), path));
    }
    return new Scripts(scripts);
  }

  private Script script(Object value, String path) {
    Map<String, Object> script = reader.section(
        value, path, "run", "type", "description", "parameters", "timeout", "dir", "user");
    Type type = type(script.get("type"), path + ".type");
    String content = reader.text(script.get("run"), path + ".run");
    if (content.isEmpty()) {
      reader.problem(path + ".run", "expected the lines to run");
    } else if (content.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      reader.problem(
          path + ".run", "longer than " + LONGEST + " bytes; fetch it as a file instead");
    }
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry :
        reader.open(script.get("parameters"), path + ".parameters").entrySet()) {
      String at = path + ".parameters." + entry.getKey();
      if (!isWord(entry.getKey(), "_") || Character.isDigit(entry.getKey().charAt(0))) {
        reader.problem(at, "a parameter is a variable of the script: letters, digits and _");
      }
      parameters.put(entry.getKey(), parameter(entry.getValue(), at));
    }
    if (parameters.size() > MOST_PARAMETERS) {
      reader.problem(path + ".parameters", "more than " + MOST_PARAMETERS);
    }
    if (type == Type.BAT && !parameters.isEmpty()) {
      reader.problem(
          path + ".parameters", "bat cannot take values safely; write the script for powershell");
    }
    return new Script(
        type,
        reader.text(script.get("description"), path + ".description"),
        content,
        parameters,
        seconds(script.get("timeout"), path + ".timeout"),
        reader.text(script.get("dir"), path + ".dir"),
        reader.text(script.get("user"), path + ".user"));
  }

  private Parameter parameter(Object value, String path) {
    Map<String, Object> parameter = reader.section(value, path, "pattern", "default");
    String pattern = reader.text(parameter.get("pattern"), path + ".pattern");
    Object initial = parameter.get("default");
    Parameter read = new Parameter(
        pattern, initial == null ? "" : reader.text(initial, path + ".default"), initial == null);
    if (initial != null && !read.accepts(read.initial())) {
      reader.problem(path + ".default", "it does not fit the pattern " + pattern);
    }
    return read;
  }

  private long seconds(@Nullable Object value, String path) {
    String text = reader.text(value, path);
    Duration time = text.isEmpty() ? Duration.ofSeconds(USUAL_SECONDS) : Lifetime.parse(text);
    if (time == null || time.getSeconds() > MOST_SECONDS) {
      reader.problem(path, "expected a number and s, m or h, at most 24h, such as 5m");
      return USUAL_SECONDS;
    }
    return time.getSeconds();
  }

  private Type type(@Nullable Object value, String path) {
    String text = reader.text(value, path);
    for (Type type : Type.values()) {
      if (word(type).equals(text)) {
        return type;
      }
    }
    if (!text.isEmpty()) {
      reader.problem(path, "expected shell, powershell or bat");
    }
    return Type.SHELL;
  }

  private static String word(Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static boolean isWord(String name, String signs) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!isPlain && signs.indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= 64;
  }

  static void write(Scripts scripts, Map<String, @Nullable Object> json) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Map.Entry<String, Script> entry : scripts.byName().entrySet()) {
      all.put(entry.getKey(), json(entry.getValue()));
    }
    json.put("scripts", all);
  }

  private static Map<String, Object> json(Script script) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", word(script.type()));
    json.put("description", script.description());
    json.put("run", script.content());
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, Parameter> entry : script.parameters().entrySet()) {
      Map<String, Object> parameter = new LinkedHashMap<>();
      parameter.put("pattern", entry.getValue().pattern());
      if (!entry.getValue().isNeeded()) {
        parameter.put("default", entry.getValue().initial());
      }
      parameters.put(entry.getKey(), parameter);
    }
    json.put("parameters", parameters);
    json.put("timeout", Lifetime.text(Duration.ofSeconds(script.timeout())));
    json.put("dir", script.workingDir());
    json.put("user", script.user());
    return json;
  }
}
