package chatops.engine.script;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A script and the values it is given, as Cloud Assistant takes them. Cloud Assistant puts a parameter into the text of a script as it is, so a quote in it would end a string of the
 * script (ECS API reference, RunCommand, EnableParameter). Here all values travel as one parameter in Base64, which has no character that means anything to a shell; lines before
 * the script make variables of them. A script without values stays as it is.
 *
 * @param content for {@code CommandContent}
 * @param parameters for {@code Parameters}; empty where {@code EnableParameter} is to be false
 */
public record SafeScript(String content, Map<String, String> parameters) {
  /** The one custom parameter. */
  public static final String VALUES = "values";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Pattern SHELL =
      Pattern.compile("#!\\s*(/usr)?/bin/(env\\s+)?(ba|da|z|k)?sh\\b.*");

  public SafeScript {
    parameters = Map.copyOf(parameters);
  }

  /** For {@code RunShellScript}: values are variables of the environment, whatever interpreter the script's first line names. */
  public static SafeScript shell(String script, Map<String, String> values) {
    if (values.isEmpty()) {
      return new SafeScript(script, Map.of());
    }
    String first = script.lines().findFirst().orElse("");
    boolean isShell = !first.startsWith("#!") || SHELL.matcher(first).matches();
    String head = first.startsWith("#!") && isShell ? first : "#!/bin/sh";
    // what stands in braces would be taken for a parameter
    boolean isPlain = isShell && !script.contains("{{");
    return new SafeScript(
        head + "\n" + SHELL_VALUES + (isPlain ? script : SHELL_BODY.formatted(base64(script))),
        Map.of(VALUES, base64(lines(values))));
  }

  /** For {@code RunPowerShellScript}: values are variables, and variables of the environment. */
  public static SafeScript powerShell(String script, Map<String, String> values) {
    if (values.isEmpty()) {
      return new SafeScript(script, Map.of());
    }
    return new SafeScript(
        POWER_SHELL_VALUES
            + (script.contains("{{") ? POWER_SHELL_BODY.formatted(base64(script)) : script),
        Map.of(VALUES, base64(lines(values))));
  }

  /** Whether a value can have this name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** One line a value: its name and itself in Base64. */
  private static String lines(Map<String, String> values) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    values.forEach((name, value) -> {
      if (!isName(name)) {
        throw new IllegalArgumentException(
            "'" + name + "' is no name of a variable: letters, digits and _");
      }
      lines.add(name + " " + base64(value));
    });
    return lines.toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  // a command substitution takes newlines off the end, hence the x
  private static final String SHELL_VALUES = """
      # the values come as data and are never read as a part of the script
      while read -r chatops_name chatops_value; do
        [ -n "$chatops_name" ] || continue
        chatops_value=$(printf %s "$chatops_value" | base64 -d; printf x)
        export "$chatops_name=${chatops_value%x}"
      done <<CHATOPS_VALUES
      $(printf %s '{{values}}' | base64 -d)
      CHATOPS_VALUES
      unset chatops_name chatops_value
      """;

  private static final String SHELL_BODY = """
      chatops_script=$(mktemp) || exit 1
      printf %%s '%s' | base64 -d >"$chatops_script" && chmod 700 "$chatops_script" || exit 1
      "$chatops_script"
      chatops_code=$?
      rm -f "$chatops_script"
      exit $chatops_code
      """;

  private static final String POWER_SHELL_VALUES = """
      # the values come as data and are never read as a part of the script
      $chatopsValues = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{{values}}'))
      foreach ($chatopsLine in ($chatopsValues -split "`n")) {
        if ($chatopsLine) {
          $chatopsPair = $chatopsLine -split ' ', 2
          $chatopsText = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($chatopsPair[1]))
          Set-Variable -Name $chatopsPair[0] -Value $chatopsText
          Set-Item -Path ('Env:' + $chatopsPair[0]) -Value $chatopsText
        }
      }
      """;

  private static final String POWER_SHELL_BODY = """
      Invoke-Expression ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('%s')))
      """;
}
