package chatops.chat.rights;

import chatops.chat.command.Command;
import chatops.chat.command.Verbs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command would run, as far as its words say: what {@link Rights#decide} asks about.
 *
 * @param template empty when the command runs none
 * @param region empty when it runs none
 * @param ramRole role name, empty when the words name none: the template's own role is Execution's to check
 * @param parameters every parameter's value by name in lower case; null where they are not known yet, which is Front's case: a
 *     template's own defaults are Execution's to know. Under {@link #BEYOND}, what is changed about a template beyond its
 *     parameters: no entry with patterns allows any
 */
public record RunRequest(
    String template,
    String region,
    String ramRole,
    @Nullable Map<String, Value> parameters) {
  /** A name that no parameter has. */
  public static final String BEYOND = "";

  /** A command that runs nothing. */
  public static final RunRequest NOTHING = new RunRequest("", "", "");

  /**
   * A parameter's value as patterns are compared with it: each element must have an alternative that matches. A text is one
   * element; a list has one for each of its items; a selection by tags is one element whose alternatives narrow it together.
   */
  public record Value(List<List<String>> elements) {
    public Value {
      elements = List.copyOf(elements);
    }

    public static Value of(String text) {
      return new Value(List.of(List.of(text)));
    }

    boolean matches(List<String> patterns) {
      for (List<String> alternatives : elements) {
        boolean matches = false;
        for (String text : alternatives) {
          matches = matches || Pattern.matchesAny(patterns, text);
        }
        if (!matches) {
          return false;
        }
      }
      return !elements.isEmpty();
    }

    /** For the person who is told why not. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (List<String> alternatives : elements) {
        text.append(text.length() == 0 ? "" : ", ");
        text.append(alternatives.isEmpty() ? "all" : String.join(" ", alternatives));
      }
      return text.toString();
    }
  }

  public RunRequest {
    parameters = parameters == null ? null : lowered(parameters);
  }

  /** With parameters that are not known yet. */
  public RunRequest(String template, String region, String ramRole) {
    this(template, region, ramRole, null);
  }

  public RunRequest in(String otherRegion) {
    return new RunRequest(template, otherRegion, ramRole, parameters);
  }

  private static Map<String, Value> lowered(Map<String, Value> parameters) {
    // names match as the language matches them, without regard to case
    Map<String, Value> lowered = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : parameters.entrySet()) {
      lowered.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue());
    }
    return Map.copyOf(lowered);
  }

  public static RunRequest of(Command command, Configuration configuration) {
    String template = template(command);
    if (template.isEmpty()) {
      return NOTHING;
    }
    String region = named(command, "region", "regionId");
    String role = named(command, "role", "OOSAssumeRole");
    return new RunRequest(
        template,
        region.isEmpty() ? configuration.regions().initial() : region,
        role.substring(role.lastIndexOf('/') + 1));
  }

  private static String template(Command command) {
    if (command.name().equals("oos run")) {
      return command.arguments().isEmpty() ? "" : command.arguments().get(0);
    }
    Verbs.Verb verb = Verbs.named(command.name());
    return verb == null ? "" : verb.template();
  }

  private static String named(Command command, String option, String parameter) {
    String value = command.options().get(option);
    if (value != null) {
      return value;
    }
    for (String argument : command.arguments()) {
      int equals = argument.indexOf('=');
      // parameter names match as the language matches them, without regard to case
      if (command.family().equals("oos")
          && equals > 0
          && argument.substring(0, equals).equalsIgnoreCase(parameter)) {
        return argument.substring(equals + 1);
      }
    }
    return "";
  }
}
