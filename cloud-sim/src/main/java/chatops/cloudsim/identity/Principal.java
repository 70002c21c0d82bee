package chatops.cloudsim.identity;

import java.time.Instant;
import java.util.Optional;

/** Somebody who signs calls: a RAM user with a lasting key, or a role's session. */
public sealed interface Principal {
  /** The name that call logs and policies know. */
  String arn();

  String accountId();

  String accessKeyId();

  String accessKeySecret();

  boolean mayCall(String action, String resource);

  /** A RAM user. */
  record RamUser(
      String accountId,
      String name,
      String accessKeyId,
      String accessKeySecret,
      boolean active,
      Policy policy)
      implements Principal {
    @Override
    public String arn() {
      return "acs:ram::" + accountId + ":user/" + name;
    }

    @Override
    public boolean mayCall(String action, String resource) {
      return policy.allows(action, resource);
    }

    @Override
    public String toString() {
      return arn();
    }
  }

  /** A session of a role: what the role may do, shrunk by the session's own policy if it has one. */
  record RoleSession(
      Role role,
      String sessionName,
      String accessKeyId,
      String accessKeySecret,
      String securityToken,
      Instant expiration,
      Optional<Policy> policy)
      implements Principal {
    @Override
    public String arn() {
      return role.arn() + "/" + sessionName;
    }

    @Override
    public String accountId() {
      return role.accountId();
    }

    @Override
    public boolean mayCall(String action, String resource) {
      return role.policy().allows(action, resource)
          && policy.map(own -> own.allows(action, resource)).orElse(true);
    }

    @Override
    public String toString() {
      return arn();
    }
  }
}
