package chatops.cloudsim.identity;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A RAM role.
 *
 * @param trusted who may assume it: role, user or {@code …:root} arns, or a service such as {@code fc.aliyuncs.com}
 * @param maxSession the longest session, 1 to 12 hours
 */
public record Role(
    String accountId, String name, List<String> trusted, Policy policy, Duration maxSession) {
  public static final String FUNCTION_COMPUTE = "fc.aliyuncs.com";

  public Role {
    trusted = List.copyOf(trusted);
  }

  public String arn() {
    return "acs:ram::" + accountId + ":role/" + name;
  }

  /** Role names compare without case in arns: tools lower-case them. */
  boolean hasArn(String arn) {
    return arn().toLowerCase(Locale.ROOT).equals(arn.toLowerCase(Locale.ROOT));
  }

  /** Whether the role lets this caller assume it. */
  public boolean trusts(Principal caller) {
    String arn =
        caller instanceof Principal.RoleSession session ? session.role().arn() : caller.arn();
    return trusted.contains(arn) || trusted.contains("acs:ram::" + caller.accountId() + ":root");
  }
}
