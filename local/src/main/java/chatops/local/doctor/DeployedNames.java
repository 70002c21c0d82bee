package chatops.local.doctor;

import chatops.local.pack.DeploymentFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Names of functions, roles and the sweep's trigger, as {@code s.yaml} gives them. Each throws {@link
 * chatops.local.pack.PackException} when the file cannot be read, or does not name it.
 */
record DeployedNames(Path file, Map<String, String> environment) {
  private static final String FRONT = "front";
  private static final String EXECUTION = "execution";

  private DeploymentFile read() {
    return DeploymentFile.read(file, environment);
  }

  /** That the file can be read is a finding of its own, and only told where it cannot. */
  List<Finding> findings() {
    front();
    execution();
    frontRole();
    executionRole();
    sweep();
    return List.of();
  }

  String front() {
    return read().name(FRONT, "functionName");
  }

  String execution() {
    return read().name(EXECUTION, "functionName");
  }

  String frontRole() {
    return read().name(FRONT, "role");
  }

  String executionRole() {
    return read().name(EXECUTION, "role");
  }

  String sweep() {
    return read().trigger(EXECUTION, "timer");
  }
}
