package chatops.chat.rights;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.rights.Configuration.Grant;
import chatops.chat.rights.Configuration.Person;
import chatops.chat.rights.Verdict.Denied;
import chatops.chat.rights.Verdict.Reason;
import java.util.List;
import java.util.Locale;

/** Decides by immutable ids who may do what; what nothing allows is denied. Immutable. */
public final class Rights {
  /** The user of a {@link Platform#WEB} principal that has nothing but a link. */
  public static final String BEARER = "bearer";

  private final Configuration configuration;

  public Rights(Configuration configuration) {
    this.configuration = configuration;
  }

  /** How logs and {@code chatops.yaml} spell a place: {@code slack:T0001/C0001}. */
  public static String id(Place place) {
    return place.platform().name().toLowerCase(Locale.ROOT) + ":" + place.tenant() + "/"
        + place.channel();
  }

  /**
   * Decides a command.
   *
   * @param command {@code ecs start}
   * @param template name of the template it would run, empty when it runs none
   * @param region empty when it concerns none; an allowed one in any case
   * @param ramRole role name the execution would assume, empty when it names none
   */
  public Verdict decide(
      Principal principal,
      Place place,
      String command,
      String template,
      String region,
      String ramRole) {
    if (!isKnown(principal) || !isKnown(place)) {
      return new Denied(Reason.TENANT, principal.tenant());
    }
    if (isAboutDecision(command) && isListed(configuration.approvals().approvers(), principal)) {
      return Verdict.ALLOWED;
    }
    Denied best = new Denied(Reason.PERSON, principal.id());
    for (Grant grant : configuration.rights()) {
      Verdict verdict = decide(grant, principal, place, command, template, region, ramRole);
      if (!(verdict instanceof Denied)) {
        return verdict;
      }
      Denied denied = (Denied) verdict;
      // the entry that came closest explains best
      best = denied.reason().compareTo(best.reason()) > 0 ? denied : best;
    }
    return best;
  }

  private Verdict decide(
      Grant grant,
      Principal principal,
      Place place,
      String command,
      String template,
      String region,
      String ramRole) {
    if (!isListed(grant.who(), principal)) {
      return new Denied(Reason.PERSON, principal.id());
    }
    if (!grant.where().isEmpty() && !matchesAny(grant.where(), id(place))) {
      return new Denied(Reason.PLACE, id(place));
    }
    if (!matchesAny(grant.commands(), command)) {
      return new Denied(Reason.COMMAND, command);
    }
    boolean implied = grant.templates().isEmpty() && command.startsWith("ecs ");
    if (!template.isEmpty() && !implied && !matchesAny(grant.templates(), template)) {
      return new Denied(Reason.TEMPLATE, template);
    }
    if (!region.isEmpty() && !isRegion(grant, region)) {
      return new Denied(Reason.REGION, region);
    }
    if (!ramRole.isEmpty() && !isRole(grant, ramRole)) {
      return new Denied(Reason.ROLE, ramRole);
    }
    return Verdict.ALLOWED;
  }

  /** Whether the person may use a command at all in this place: what {@code help} shows. */
  public boolean mayUse(Principal principal, Place place, String command) {
    return decide(principal, place, command, "", "", "").isAllowed();
  }

  /**
   * Decides who may decide an approval.
   *
   * @param requesterId {@link Principal#id} of the person who asked
   * @param named approvers the template names, in the form of {@code who}; empty = those of the configuration
   */
  public Verdict mayDecide(Principal principal, String requesterId, List<String> named) {
    if (principal.platform() == Platform.WEB) {
      return configuration.approvals().bearerLinks() && named.isEmpty()
          ? Verdict.ALLOWED
          : new Denied(Reason.BEARER, "");
    }
    if (!isKnown(principal)) {
      return new Denied(Reason.TENANT, principal.tenant());
    }
    if (!isListed(named.isEmpty() ? configuration.approvals().approvers() : named, principal)) {
      return new Denied(Reason.APPROVER, principal.id());
    }
    if (!configuration.approvals().requesterMayApprove()
        && isSamePerson(principal.id(), requesterId)) {
      return new Denied(Reason.REQUESTER, principal.id());
    }
    return Verdict.ALLOWED;
  }

  /** Whether two ids are one person: the same id, or the same {@code ramUser} in {@code people}. */
  public boolean isSamePerson(String id, String other) {
    if (id.equals(other)) {
      return true;
    }
    Person one = configuration.people().get(id);
    Person two = configuration.people().get(other);
    return one != null
        && two != null
        && !one.ramUser().isEmpty()
        && one.ramUser().equals(two.ramUser());
  }

  /** Whether the person's workspace or corporation is in the configuration. */
  public boolean isKnown(Principal principal) {
    return !principal.user().isEmpty() && isTenant(principal.platform(), principal.tenant());
  }

  /** Whether the place's workspace or corporation is in the configuration. */
  public boolean isKnown(Place place) {
    return isTenant(place.platform(), place.tenant());
  }

  private boolean isTenant(Platform platform, String tenant) {
    switch (platform) {
      case SLACK:
        return configuration.slack().workspaces().contains(tenant);
      case DINGTALK:
        return configuration.dingtalk().corporations().contains(tenant);
      case CLI:
        // reachable on the one machine only, by a person the operating system knows
        return true;
      case WEB:
        return false;
    }
    return false;
  }

  private boolean isListed(List<String> who, Principal principal) {
    String id = principal.id();
    for (String entry : who) {
      if (entry.startsWith("group:")) {
        List<String> members = configuration.groups().get(entry.substring(6));
        if (members != null && matchesAny(members, id)) {
          return true;
        }
      } else if (Pattern.matches(entry, id)) {
        return true;
      }
    }
    return false;
  }

  private boolean isRegion(Grant grant, String region) {
    return configuration.regions().allowed().contains(region)
        && (grant.regions().isEmpty() || matchesAny(grant.regions(), region));
  }

  private boolean isRole(Grant grant, String role) {
    if (!configuration.roles().allowed().containsKey(role)) {
      return false;
    }
    return grant.ramRoles().isEmpty()
        ? role.equals(configuration.roles().initial())
        : matchesAny(grant.ramRoles(), role);
  }

  private static boolean isAboutDecision(String command) {
    return command.equals("oos approve") || command.equals("oos reject");
  }

  private static boolean matchesAny(List<String> patterns, String name) {
    for (String pattern : patterns) {
      if (Pattern.matches(pattern, name)) {
        return true;
      }
    }
    return false;
  }
}
