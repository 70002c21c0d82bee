package chatops.chat.rights;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.command.Verbs;
import chatops.chat.rights.Configuration.Grant;
import chatops.chat.rights.Configuration.Person;
import chatops.chat.rights.Verdict.Denied;
import chatops.chat.rights.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides by immutable ids who may do what; what nothing allows is denied. Immutable. */
public final class Rights {
  /** The user of a {@link Platform#WEB} principal that has nothing but a link. */
  public static final String BEARER = "bearer";

  /** Whoever may type a script may do anything there, so no pattern stands for it: an entry must say it. */
  public static final String FREE_SCRIPT = "ecs script";

  private final Configuration configuration;

  public Rights(Configuration configuration) {
    this.configuration = configuration;
  }

  /** How logs and {@code chatops.yaml} spell a place: {@code slack:T0001/C0001}. */
  public static String id(Place place) {
    return place.platform().name().toLowerCase(Locale.ROOT) + ":" + place.tenant() + "/"
        + place.channel();
  }

  /** As {@link #decide(Principal, Place, String, RunRequest)}, with parameters that are not known yet. */
  public Verdict decide(
      Principal principal,
      Place place,
      String command,
      String template,
      String region,
      String ramRole) {
    return decide(principal, place, command, new RunRequest(template, region, ramRole));
  }

  /**
   * Decides a command.
   *
   * @param command {@code ecs start}
   * @param wish what it would run, or the template of the execution it would act on
   */
  public Verdict decide(Principal principal, Place place, String command, RunRequest wish) {
    Verdict outside = outside(principal, place, command);
    if (outside != null) {
      return outside;
    }
    Denied best = new Denied(Reason.PERSON, principal.id());
    for (Grant grant : configuration.rights()) {
      Verdict verdict = decide(grant, principal, place, command, wish);
      if (!(verdict instanceof Denied)) {
        return verdict;
      }
      Denied denied = (Denied) verdict;
      // the entry that came closest explains best
      best = denied.reason().compareTo(best.reason()) > 0 ? denied : best;
    }
    return best;
  }

  /** What each entry of {@code rights} says to a command, in order; for explanations, {@link #decide} is what counts. */
  public List<Verdict> entries(Principal principal, Place place, String command, RunRequest wish) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Grant grant : configuration.rights()) {
      verdicts.add(decide(grant, principal, place, command, wish));
    }
    return verdicts;
  }

  /** What is decided before any entry is looked at; null when the entries decide. */
  public @Nullable Verdict outside(Principal principal, Place place, String command) {
    if (!isKnown(principal) || !isKnown(place)) {
      return new Denied(Reason.TENANT, isKnown(principal) ? place.tenant() : principal.tenant());
    }
    // who is an approver anywhere may say so; for this very approval it is decided when it is known
    return isAboutDecision(command) && isApprover(principal) ? Verdict.ALLOWED : null;
  }

  /** Whether a person may decide approvals of any template. */
  public boolean isApprover(Principal principal) {
    if (!isKnown(principal)) {
      return false;
    }
    if (isListed(configuration.approvals().general().approvers(), principal)) {
      return true;
    }
    for (Approvals.TemplateRule rule : configuration.approvals().rules()) {
      if (isListed(rule.rule().approvers(), principal)) {
        return true;
      }
    }
    return false;
  }

  private Verdict decide(
      Grant grant, Principal principal, Place place, String command, RunRequest wish) {
    if (!isListed(grant.who(), principal)) {
      return new Denied(Reason.PERSON, principal.id());
    }
    if (!grant.where().isEmpty() && !Pattern.matchesAny(grant.where(), id(place))) {
      return new Denied(Reason.PLACE, id(place));
    }
    boolean isNamed = command.equals(FREE_SCRIPT)
        ? grant.commands().contains(FREE_SCRIPT)
        : Pattern.matchesAny(grant.commands(), command);
    if (!isNamed) {
      return new Denied(Reason.COMMAND, command);
    }
    if (!wish.template().isEmpty() && !isTemplate(grant, command, wish.template())) {
      return new Denied(Reason.TEMPLATE, wish.template());
    }
    if (!wish.region().isEmpty() && !isRegion(grant, wish.region())) {
      return new Denied(Reason.REGION, wish.region());
    }
    if (!wish.ramRole().isEmpty() && !isRole(grant, wish.ramRole())) {
      return new Denied(Reason.ROLE, wish.ramRole());
    }
    return parameters(grant, wish.parameters());
  }

  /** Without patterns an entry is for what the short commands run: by those commands, or when they act on it. */
  private static boolean isTemplate(Grant grant, String command, String template) {
    if (!grant.templates().isEmpty()) {
      return Pattern.matchesAny(grant.templates(), template);
    }
    return command.startsWith("ecs ")
        || command.startsWith("ess ")
        || !command.equals("oos run") && isShipped(template);
  }

  private static boolean isShipped(String template) {
    for (Verbs.Verb verb : Verbs.ALL) {
      if (verb.template().equals(template)) {
        return true;
      }
    }
    return false;
  }

  private static Verdict parameters(Grant grant, @Nullable Map<String, RunRequest.Value> given) {
    if (given == null) {
      return Verdict.ALLOWED;
    }
    RunRequest.Value beyond = given.get(RunRequest.BEYOND);
    if (beyond != null && !grant.parameters().isEmpty()) {
      return new Denied(Reason.PARAMETER, beyond.toString());
    }
    for (Map.Entry<String, List<String>> wanted : grant.parameters().entrySet()) {
      RunRequest.Value value = given.get(wanted.getKey().toLowerCase(Locale.ROOT));
      if (value == null || !value.matches(wanted.getValue())) {
        return new Denied(Reason.PARAMETER, wanted.getKey() + (value == null ? "" : "=" + value));
      }
    }
    return Verdict.ALLOWED;
  }

  /** Whether the person may use a command at all in this place: what {@code help} shows. */
  public boolean mayUse(Principal principal, Place place, String command) {
    return decide(principal, place, command, "", "", "").isAllowed();
  }

  /**
   * Decides who may decide an approval. Names in a template narrow whom the configuration lets decide, and never widen it: they
   * often come from a parameter, so from the person who asks.
   *
   * @param template whose execution asks; empty where it is not known
   * @param requesterId {@link Principal#id} of the person who asked
   * @param named approvers the template names: RAM users of {@code people}, ids, {@code group:<name>}; empty = it names nobody
   */
  public Verdict mayDecide(
      Principal principal, String template, String requesterId, List<String> named) {
    Approvals.Rule rule = configuration.approvals().of(template);
    if (principal.platform() == Platform.WEB) {
      return configuration.approvals().isBearerAllowed(template) && named.isEmpty()
          ? Verdict.ALLOWED
          : new Denied(Reason.BEARER, "");
    }
    if (!isKnown(principal)) {
      return new Denied(Reason.TENANT, principal.tenant());
    }
    boolean isListed = isListed(rule.approvers(), principal);
    if (!isListed || !named.isEmpty() && !isNamed(named, principal)) {
      return new Denied(Reason.APPROVER, principal.id());
    }
    if (!rule.requesterMayApprove() && isSamePerson(principal.id(), requesterId)) {
      return new Denied(Reason.REQUESTER, principal.id());
    }
    return Verdict.ALLOWED;
  }

  private boolean isNamed(List<String> named, Principal principal) {
    if (isListed(named, principal)) {
      return true;
    }
    String ramUser = ramUser(principal.id());
    if (ramUser.isEmpty()) {
      return false;
    }
    for (String name : named) {
      if (name.equals(ramUser) || isSamePerson(principal.id(), name)) {
        return true;
      }
    }
    return false;
  }

  private String ramUser(String id) {
    Person person = configuration.people().get(id);
    return person == null ? "" : person.ramUser();
  }

  /** Every id that is known to be the same person, this one first. */
  public List<String> identities(String id) {
    List<String> ids = new ArrayList<>();
    ids.add(id);
    for (String other : configuration.people().keySet()) {
      if (!other.equals(id) && isSamePerson(id, other)) {
        ids.add(other);
      }
    }
    return ids;
  }

  /**
   * Ids of people on one platform who may decide a template's approvals, as far as the configuration names them one by one: whom
   * a message mentions.
   *
   * @param named as in {@link #mayDecide}
   */
  public List<String> approvers(
      Platform platform, String tenant, String template, String requesterId, List<String> named) {
    String prefix = platform.name().toLowerCase(Locale.ROOT) + ":" + tenant + "/";
    List<String> ids = new ArrayList<>();
    for (String entry : configuration.approvals().of(template).approvers()) {
      List<String> members = entry.startsWith("group:")
          ? configuration.groups().getOrDefault(entry.substring(6), List.of())
          : List.of(entry);
      for (String member : members) {
        for (String id : identities(member)) {
          String user = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
          boolean mayDecide = !user.isEmpty()
              && id.indexOf('*') < 0
              && !ids.contains(user)
              && mayDecide(new Principal(platform, tenant, user, ""), template, requesterId, named)
                  .isAllowed();
          if (mayDecide) {
            ids.add(user);
          }
        }
      }
    }
    return ids;
  }

  /** Whether two ids are one person: the same id, or the same {@code ramUser} in {@code people}. */
  public boolean isSamePerson(String id, String other) {
    if (id.equals(other)) {
      return true;
    }
    String one = ramUser(id);
    return !one.isEmpty() && one.equals(ramUser(other));
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
    // no switch: over an enum it costs a class on the way of every command
    if (platform == Platform.SLACK) {
      return configuration.slack().workspaces().contains(tenant);
    }
    if (platform == Platform.DINGTALK) {
      return configuration.dingtalk().corporations().contains(tenant);
    }
    // reachable on the one machine only, by a person the operating system knows
    return platform == Platform.CLI;
  }

  /** Whether a person is in a group. */
  public boolean isMember(String group, Principal principal) {
    return isListed(List.of("group:" + group), principal);
  }

  /** Whether entries in the form of {@code who} cover a person. */
  public boolean isListed(List<String> who, Principal principal) {
    String id = principal.id();
    for (String entry : who) {
      if (entry.startsWith("group:")) {
        List<String> members = configuration.groups().get(entry.substring(6));
        if (members != null && Pattern.matchesAny(members, id)) {
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
        && (grant.regions().isEmpty() || Pattern.matchesAny(grant.regions(), region));
  }

  private boolean isRole(Grant grant, String role) {
    if (!configuration.roles().allowed().containsKey(role)) {
      return false;
    }
    return grant.ramRoles().isEmpty()
        ? role.equals(configuration.roles().initial())
        : Pattern.matchesAny(grant.ramRoles(), role);
  }

  private static boolean isAboutDecision(String command) {
    return command.equals("oos approve") || command.equals("oos reject");
  }
}
