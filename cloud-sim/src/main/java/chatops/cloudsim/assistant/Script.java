package chatops.cloudsim.assistant;

import java.time.Duration;

/**
 * One script as an instance's agent gets it: parameters are filled in already.
 *
 * @param type {@code RunShellScript}, {@code RunBatScript} or {@code RunPowerShellScript}
 * @param workingDir empty for the agent's own
 * @param username empty for root or System
 * @param killsTree whether a timeout ends the whole process tree, or the script's process only
 */
public record Script(
    String invokeId,
    String type,
    String content,
    String workingDir,
    String username,
    Duration timeout,
    boolean killsTree) {

  /** Whether only Windows runs it. */
  public boolean isForWindows() {
    return !type.equals(CommandDefinition.SHELL);
  }
}
