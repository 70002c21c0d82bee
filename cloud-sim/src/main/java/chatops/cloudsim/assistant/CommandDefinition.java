package chatops.cloudsim.assistant;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.Parameters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/** What a command is, without where and when it runs: the part that CreateCommand keeps and RunCommand gives along. */
record CommandDefinition(
    String name,
    String description,
    String type,
    String content,
    String workingDir,
    Duration timeout,
    boolean enableParameter) {
  static final String SHELL = "RunShellScript";
  private static final Set<String> TYPES = Set.of(SHELL, "RunBatScript", "RunPowerShellScript");
  private static final int LONGEST_ONCE = 24 * 1024;
  private static final int LONGEST_KEPT = 18 * 1024;

  /** CreateCommand takes content for Base64 where nothing is said, RunCommand for plain text. */
  static CommandDefinition created(Parameters parameters) {
    return read(parameters, true, parameters.text("ContentEncoding").orElse("Base64"));
  }

  static CommandDefinition run(Parameters parameters) {
    return read(
        parameters,
        parameters.flag("KeepCommand"),
        parameters.text("ContentEncoding").orElse("PlainText"));
  }

  private static CommandDefinition read(Parameters parameters, boolean isKept, String encoding) {
    String type = parameters.required("Type");
    if (!TYPES.contains(type)) {
      throw new CloudException(
          400, "InvalidCmdType.NotFound", "The specified command type does not exist.");
    }
    String name = parameters.text("Name").orElse(isKept ? parameters.required("Name") : "");
    if (name.length() > 128) {
      throw new CloudException(
          403, "CmdName.ExceedLimit", "The length of the command name exceeds the upper limit.");
    }
    String description = parameters.text("Description").orElse("");
    if (description.length() > 512) {
      throw new CloudException(
          403,
          "CmdDesc.ExceedLimit",
          "The length of the command description exceeds the upper limit.");
    }
    String workingDir = parameters.text("WorkingDir").orElse("");
    if (workingDir.length() > 200) {
      throw CloudException.invalid("WorkingDir", "at most 200 characters.");
    }
    return new CommandDefinition(
        name,
        description,
        type,
        content(parameters, isKept, encoding),
        workingDir,
        Duration.ofSeconds(parameters.number("Timeout", 60, 10, 86_400)),
        parameters.flag("EnableParameter"));
  }

  /** The limit counts the Base64 form; an unknown encoding silently means plain text. */
  private static String content(Parameters parameters, boolean isKept, String encoding) {
    String given = parameters.required("CommandContent");
    byte[] bytes =
        encoding.equals("Base64") ? decoded(given) : given.getBytes(StandardCharsets.UTF_8);
    if ((bytes.length + 2) / 3 * 4 > (isKept ? LONGEST_KEPT : LONGEST_ONCE)) {
      throw new CloudException(
          403,
          "CmdContent.ExceedLimit",
          "The length of the command content exceeds the upper limit.");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] decoded(String given) {
    try {
      return Base64.getDecoder().decode(given);
    } catch (IllegalArgumentException notBase64) {
      throw CloudException.invalid("CommandContent", "it is not Base64.");
    }
  }
}
