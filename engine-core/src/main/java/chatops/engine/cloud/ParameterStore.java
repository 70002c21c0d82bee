package chatops.engine.cloud;

/** Where {@code {{ oos:… }}} and {@code {{ oos-secret:… }}} come from. Thread-safe. */
public interface ParameterStore {
  /** How a reference to a secret begins. */
  String SECRET = "oos-secret:";

  /** How a reference to a plain value begins. */
  String PLAIN = "oos:";

  /**
   * @param reference one of the two beginnings and the name
   * @param ramRole whose rights count; empty for the configured default
   * @throws ApiException when there is no such value, or it may not be read
   */
  String value(Caller caller, String regionId, String ramRole, String reference);

  static boolean isSecret(String reference) {
    return reference.regionMatches(true, 0, SECRET, 0, SECRET.length());
  }
}
