package chatops.engine.cloud;

import chatops.engine.id.ExecutionId;

/** Role sessions for executions. Thread-safe; an implementation may cache while a session has life left. */
public interface Credentials {
  /**
   * @param ramRole the template's resolved RamRole: a role name, or empty for the configured default role
   * @throws ApiException when the role is not allowed ({@code RoleNotAllowed}) or cannot be assumed
   */
  Session session(ExecutionId execution, String ramRole);
}
