package chatops.execution;

import chatops.chat.command.Command;
import chatops.chat.command.Errand;
import chatops.chat.command.Verbs;
import chatops.chat.rights.Scripts;
import chatops.chat.rights.Scripts.Script;
import chatops.engine.script.SafeScript;
import chatops.execution.TemplateRequest.Mistake;
import chatops.execution.notify.Wording;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What commands that do something on instances ask their template for: a script of the team, a script of one's own, an extension. */
final class Errands {
  private static final Pattern TIMEOUT = Pattern.compile("([0-9]{1,5})([smh]?)");
  private static final long LONGEST_SECONDS = 86_400;

  private final Scripts scripts;
  private final Wording words;

  Errands(Scripts scripts, Wording words) {
    this.scripts = scripts;
    this.words = words;
  }

  /** The words of the command that name its instances. */
  static List<String> targets(Command command) {
    Verbs.Verb verb = Verbs.named(command.name());
    return verb != null && verb.takes() == Verbs.Takes.ERRAND
        ? Errand.parse(command.arguments()).targets()
        : command.arguments();
  }

  /** Puts what the command says beside its targets. */
  void put(Command command, Map<String, JsonNode> parameters) throws Mistake {
    switch (command.verb()) {
      case "run" -> named(command, parameters);
      case "script" -> free(command, parameters);
      case "install", "upgrade", "uninstall" -> extension(command, parameters);
      default -> {
        // it says where, and nothing else
      }
    }
  }

  private void named(Command command, Map<String, JsonNode> parameters) throws Mistake {
    Errand errand = Errand.parse(command.arguments());
    Script script = scripts.byName().get(errand.name());
    if (script == null || !errand.version().isEmpty()) {
      throw new Mistake(words.say(
          "script.unknown",
          errand.name() + (errand.version().isEmpty() ? "" : " " + errand.version()),
          scripts.byName().isEmpty() ? "-" : String.join(", ", scripts.byName().keySet())));
    }
    Map<String, String> values = values(errand, script);
    SafeScript safe = script.type() == Scripts.Type.POWERSHELL
        ? SafeScript.powerShell(script.content(), values)
        : SafeScript.shell(script.content(), values);
    parameters.put("script", TextNode.valueOf(errand.name()));
    parameters.put("commandType", TextNode.valueOf(script.type().commandType()));
    parameters.put("commandContent", TextNode.valueOf(safe.content()));
    parameters.put("workingDir", TextNode.valueOf(script.workingDir()));
    parameters.put("username", TextNode.valueOf(script.user()));
    parameters.put("timeout", LongNode.valueOf(seconds(command, script.timeout())));
    if (!safe.parameters().isEmpty()) {
      ObjectNode given = JsonNodeFactory.instance.objectNode();
      safe.parameters().forEach(given::put);
      parameters.put("enableParameter", BooleanNode.TRUE);
      parameters.put("parameters", given);
    }
  }

  private Map<String, String> values(Errand errand, Script script) throws Mistake {
    Map<String, String> given = new LinkedHashMap<>();
    for (String pair : errand.parameters()) {
      String name = pair.substring(0, pair.indexOf('='));
      Scripts.Parameter parameter = script.parameters().get(name);
      String value = pair.substring(name.length() + 1);
      if (parameter == null) {
        throw new Mistake(words.say(
            "script.parameter",
            errand.name(),
            name,
            script.parameters().isEmpty()
                ? "-"
                : String.join(", ", script.parameters().keySet())));
      }
      if (!parameter.accepts(value)) {
        throw new Mistake(words.say("script.value", name, value, parameter.pattern()));
      }
      given.put(name, value);
    }
    List<String> missing = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    script.parameters().forEach((name, parameter) -> {
      if (!given.containsKey(name) && parameter.isNeeded()) {
        missing.add(name);
      }
      values.put(name, given.getOrDefault(name, parameter.initial()));
    });
    if (!missing.isEmpty()) {
      throw new Mistake(words.say("script.missing", errand.name(), String.join("=… ", missing)));
    }
    return values;
  }

  private void free(Command command, Map<String, JsonNode> parameters) throws Mistake {
    String script = command.options().getOrDefault("script", "");
    if (script.isEmpty()) {
      throw new Mistake(words.say("script.none"));
    }
    parameters.put("commandType", TextNode.valueOf(type(command)));
    parameters.put("commandContent", TextNode.valueOf(script));
    parameters.put("workingDir", TextNode.valueOf(command.options().getOrDefault("dir", "")));
    parameters.put("username", TextNode.valueOf(command.options().getOrDefault("user", "")));
    parameters.put("timeout", LongNode.valueOf(seconds(command, 600)));
  }

  private String type(Command command) throws Mistake {
    String type = command.options().getOrDefault("type", "shell");
    try {
      return Scripts.Type.valueOf(type.toUpperCase(Locale.ROOT)).commandType();
    } catch (IllegalArgumentException unknown) {
      throw new Mistake(words.say("script.type", type));
    }
  }

  private long seconds(Command command, long otherwise) throws Mistake {
    String given = command.options().get("timeout");
    if (given == null) {
      return otherwise;
    }
    Matcher matcher = TIMEOUT.matcher(given);
    if (matcher.matches()) {
      long unit = matcher.group(2).equals("h") ? 3600 : matcher.group(2).equals("m") ? 60 : 1;
      long seconds = Long.parseLong(matcher.group(1)) * unit;
      if (seconds >= 10 && seconds <= LONGEST_SECONDS) {
        return seconds;
      }
    }
    throw new Mistake(words.say("script.timeout", given));
  }

  private static void extension(Command command, Map<String, JsonNode> parameters) {
    Errand errand = Errand.parse(command.arguments());
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    for (String pair : errand.parameters()) {
      int equals = pair.indexOf('=');
      given.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    parameters.put("action", TextNode.valueOf(command.verb()));
    parameters.put("extension", TextNode.valueOf(errand.name()));
    parameters.put("version", TextNode.valueOf(errand.version()));
    parameters.put("parameters", given);
  }
}
