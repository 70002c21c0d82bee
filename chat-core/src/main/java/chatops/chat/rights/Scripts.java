package chatops.chat.rights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scripts of a team that have a name: the section {@code scripts} of {@code chatops.yaml}. Whoever runs one gives values, never text of the script.
 *
 * @param byName in the file's order
 */
public record Scripts(Map<String, Script> byName) {
  public static final Scripts NONE = new Scripts(Map.of());

  /** Systems a script is for. */
  public enum Type {
    SHELL("RunShellScript"),
    POWERSHELL("RunPowerShellScript"),
    BAT("RunBatScript");

    private final String commandType;

    Type(String commandType) {
      this.commandType = commandType;
    }

    /** As Cloud Assistant spells it. */
    public String commandType() {
      return commandType;
    }
  }

  /**
   * One script.
   *
   * @param description for lists and help; may be empty
   * @param content sees its parameters as variables of their names, so that no value can be taken for a part of it
   * @param parameters by name
   * @param timeout in seconds
   * @param user empty for root or System
   */
  public record Script(
      Type type,
      String description,
      String content,
      Map<String, Parameter> parameters,
      long timeout,
      String workingDir,
      String user) {
    public Script {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  /**
   * @param pattern in which {@code *} stands for any characters; empty = any value
   * @param initial the value where none is given
   * @param isNeeded whether one must be given
   */
  public record Parameter(String pattern, String initial, boolean isNeeded) {
    /** Whether a value may be given. */
    public boolean accepts(String value) {
      return pattern.isEmpty() || Pattern.matches(pattern, value);
    }
  }

  /** Those of a configuration, none where it has no such section. */
  public static Scripts of(Configuration configuration) {
    Scripts scripts = configuration.scripts();
    return scripts == null ? NONE : scripts;
  }

  public Scripts {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }
}
