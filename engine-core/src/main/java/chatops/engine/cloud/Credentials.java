package chatops.engine.cloud;

import java.time.Duration;

/** Role sessions for executions. Thread-safe; an implementation may cache while a session has life left. */
public interface Credentials {
  /**
   * @param ramRole the template's resolved RamRole: a role name, or empty for the configured default role
   * @throws ApiException when the role is not allowed ({@code RoleNotAllowed}) or cannot be assumed
   */
  Session session(Caller caller, String ramRole);

  /**
   * How long to wait before asking for a session, because more would be asked for than the cloud gives; zero when it may be
   * asked for now. Whoever waits asks again then, and keeps its place.
   */
  default Duration wait(Caller caller, String ramRole) {
    return Duration.ZERO;
  }
}
