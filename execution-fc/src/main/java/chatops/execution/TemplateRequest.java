package chatops.execution;

import chatops.chat.command.Command;
import chatops.chat.command.Targets;
import chatops.chat.command.Verbs;
import chatops.chat.rights.Scripts;
import chatops.execution.notify.Wording;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The template and parameters a command stands for: {@code /ecs start i-1} is the shipped template with {@code targets} in the
 * Targets shape; {@code /ess hooks asg-1} is one with the group's id; {@code /oos run <template> name=value} names both itself.
 */
record TemplateRequest(String template, String region, Map<String, JsonNode> parameters) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> RESULTS = List.of("CONTINUE", "ABANDON", "ROLLBACK");

  /** A command that stands for no request; the message is for the person, in the person's language. */
  static final class Mistake extends Exception {
    private static final long serialVersionUID = 1L;

    Mistake(String message) {
      super(message);
    }
  }

  /** @param region where it runs, as rights decided it */
  static TemplateRequest of(Command command, String region, Scripts scripts, Wording words)
      throws Mistake {
    String role = command.options().getOrDefault("role", "");
    // names match as the language matches them, without regard to case
    Map<String, JsonNode> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (!role.isEmpty()) {
      parameters.put("OOSAssumeRole", TextNode.valueOf(role));
    }
    if (command.family().equals("ecs")) {
      parameters.put("regionId", TextNode.valueOf(region));
      parameters.put("targets", targets(Errands.targets(command), region, words));
      new Errands(scripts, words).put(command, parameters);
      if (command.arguments().isEmpty() && !command.verb().equals("status")) {
        // everything in a region is never what a person meant by saying nothing
        throw new Mistake(words.say("parameter.targets", ""));
      }
      return new TemplateRequest(shipped(command, words), region, parameters);
    }
    if (command.family().equals("ess")) {
      parameters.put("regionId", TextNode.valueOf(region));
      scaling(command, parameters, words);
      return new TemplateRequest(shipped(command, words), region, parameters);
    }
    if (command.arguments().isEmpty()) {
      throw new Mistake(words.say("template.none"));
    }
    for (String argument : command.arguments().subList(1, command.arguments().size())) {
      put(argument, region, parameters, words);
    }
    return new TemplateRequest(command.arguments().get(0), region, parameters);
  }

  private static void scaling(Command command, Map<String, JsonNode> parameters, Wording words)
      throws Mistake {
    List<String> names = command.verb().equals("complete")
        ? List.of("lifecycleActionToken", "result", "scalingGroupId")
        : List.of(command.verb().equals("groups") ? "scalingGroup" : "scalingGroupId");
    List<String> given = command.arguments();
    if (given.size() > names.size()) {
      throw new Mistake(words.say("parameter.many", given.get(names.size())));
    }
    for (int i = 0; i < given.size(); i++) {
      String value = given.get(i);
      if (names.get(i).equals("result")) {
        value = value.toUpperCase(Locale.ROOT);
        if (!RESULTS.contains(value)) {
          throw new Mistake(words.say("parameter.result", given.get(i)));
        }
      }
      parameters.put(names.get(i), TextNode.valueOf(value));
    }
  }

  private static String shipped(Command command, Wording words) throws Mistake {
    Verbs.Verb verb = Verbs.named(command.name());
    if (verb == null || verb.template().isEmpty()) {
      throw new Mistake(words.say("unsupported", command.name()));
    }
    return verb.template();
  }

  private static void put(
      String argument, String region, Map<String, JsonNode> parameters, Wording words)
      throws Mistake {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw new Mistake(words.say("parameter.form", argument));
    }
    String name = argument.substring(0, equals);
    String value = argument.substring(equals + 1);
    boolean isJson = value.startsWith("{") || value.startsWith("[");
    boolean isTargets = name.toLowerCase(Locale.ROOT).equals("targets") && !isJson;
    if (isTargets && value.replace(',', ' ').isBlank()) {
      throw new Mistake(words.say("parameter.targets", value));
    }
    JsonNode node =
        isTargets ? targets(List.of(value.split("[ ,]+")), region, words) : TextNode.valueOf(value);
    if (parameters.put(name, node) != null) {
      throw new Mistake(words.say("parameter.twice", name));
    }
  }

  private static ObjectNode targets(List<String> given, String region, Wording words)
      throws Mistake {
    Targets targets;
    try {
      targets = Targets.parse(given);
    } catch (IllegalArgumentException e) {
      throw new Mistake(words.say("parameter.targets", String.join(" ", given)));
    }
    return JSON.valueToTree(targets.toTree(region));
  }
}
