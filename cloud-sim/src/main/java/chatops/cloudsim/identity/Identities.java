package chatops.cloudsim.identity;

import chatops.cloudsim.seed.Names;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The account's users, roles and live sessions. Keys and tokens are drawn from the seed. Thread-safe. */
public final class Identities {
  private static final Duration FUNCTION_SESSION = Duration.ofHours(36);

  private final String accountId;
  private final InstantSource clock;
  private final Names names;
  private final Map<String, Role> roles = new ConcurrentHashMap<>();
  private final Map<String, Principal> byKey = new ConcurrentHashMap<>();

  public Identities(String accountId, InstantSource clock, Names names) {
    this.accountId = accountId;
    this.clock = clock;
    this.names = names;
  }

  public String accountId() {
    return accountId;
  }

  /** A RAM user with a lasting key that may do what {@code policy} says. */
  public Principal.RamUser user(String name, Policy policy) {
    Principal.RamUser user = new Principal.RamUser(
        accountId, name, "LTAI5t" + names.word(18), names.word(30), true, policy);
    byKey.put(user.accessKeyId(), user);
    return user;
  }

  /** Switches a user's key off; calls with it are refused as {@code InvalidAccessKeyId.Inactive}. */
  public void deactivate(Principal.RamUser user) {
    byKey.put(
        user.accessKeyId(),
        new Principal.RamUser(
            user.accountId(),
            user.name(),
            user.accessKeyId(),
            user.accessKeySecret(),
            false,
            user.policy()));
  }

  /** A role with sessions of at most 12 hours. */
  public Role role(String name, Policy policy, String... trusted) {
    return role(new Role(accountId, name, List.of(trusted), policy, Duration.ofHours(12)));
  }

  public Role role(Role role) {
    roles.put(role.name().toLowerCase(Locale.ROOT), role);
    return role;
  }

  public Optional<Role> roleByArn(String arn) {
    return roles.values().stream().filter(role -> role.hasArn(arn)).findFirst();
  }

  /** Who owns this key; expired sessions are still found, so that the answer can be "expired". */
  public Optional<Principal> byAccessKey(String accessKeyId) {
    return Optional.ofNullable(byKey.get(accessKeyId));
  }

  public Principal.RoleSession session(
      Role role, String sessionName, Duration duration, Optional<Policy> policy) {
    Principal.RoleSession session = new Principal.RoleSession(
        role,
        sessionName,
        "STS.NT" + names.word(20),
        names.word(40),
        "CAIS" + names.word(600),
        clock.instant().plus(duration),
        policy);
    byKey.put(session.accessKeyId(), session);
    return session;
  }

  /** The role that a service may give to what it hosts; refused when there is none or it does not trust the service. */
  public Role serviceRole(String service, String roleArn) {
    Role role = roleByArn(roleArn)
        .orElseThrow(() -> new IllegalStateException(
            "no role " + roleArn + " in the simulated account; add it first"));
    if (!role.trusted().contains(service)) {
      throw new IllegalStateException(
          "role " + roleArn + " does not trust " + service + "; add it to the role's trust");
    }
    return role;
  }

  /** What a service gives to what it hosts: keys of the role for 36 hours. */
  public Principal.RoleSession serviceSession(String service, String roleArn, String sessionName) {
    return session(serviceRole(service, roleArn), sessionName, FUNCTION_SESSION, Optional.empty());
  }

  public boolean isExpired(Principal.RoleSession session) {
    return !clock.instant().isBefore(session.expiration());
  }

  /** Ends all live sessions of the role now, as a fault. */
  public void expireSessions(Role role) {
    byKey.replaceAll((key, principal) -> principal instanceof Principal.RoleSession session
            && session.role().name().equals(role.name())
        ? new Principal.RoleSession(
            session.role(),
            session.sessionName(),
            session.accessKeyId(),
            session.accessKeySecret(),
            session.securityToken(),
            clock.instant(),
            session.policy())
        : principal);
  }
}
