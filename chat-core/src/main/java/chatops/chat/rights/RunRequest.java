package chatops.chat.rights;

import chatops.chat.command.Command;
import chatops.chat.command.Verbs;

/**
 * What a command would run, as far as its words say: what {@link Rights#decide} asks about.
 *
 * @param template empty when the command runs none
 * @param region empty when it runs none
 * @param ramRole role name, empty when the words name none: the template's own role is Execution's to check
 */
public record RunRequest(String template, String region, String ramRole) {
  public static RunRequest of(Command command, Configuration configuration) {
    String template = template(command);
    if (template.isEmpty()) {
      return new RunRequest("", "", "");
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
    for (Verbs.Verb verb : Verbs.ALL) {
      if (verb.command().equals(command.name())) {
        return verb.template();
      }
    }
    return "";
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
