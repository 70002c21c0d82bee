package chatops.cloudsim.assistant;

/**
 * One file of SendFile.
 *
 * @param mode such as {@code 0644}
 */
public record SentFile(
    String name,
    String targetDir,
    byte[] content,
    String mode,
    String owner,
    String group,
    boolean overwrite) {}
