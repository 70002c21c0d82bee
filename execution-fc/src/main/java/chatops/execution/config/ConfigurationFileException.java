package chatops.execution.config;

/** A configuration that cannot be used: one line per problem, {@code file:line:column: path: what is wrong}. */
public final class ConfigurationFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationFileException(String message) {
    super(message);
  }
}
