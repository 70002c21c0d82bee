package chatops.local.cli;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.command.CommandParser;
import chatops.chat.command.Mistake;
import chatops.chat.command.Parsed;
import chatops.chat.rights.Approvals;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.Configuration.Grant;
import chatops.chat.rights.Rights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Verdict;
import chatops.execution.config.ConfigurationFile;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says why a configuration allows something, or does not, entry by entry. */
final class Explanation {
  private final ConfigurationFile.Placed placed;
  private final Configuration configuration;
  private final Rights rights;

  Explanation(ConfigurationFile.Placed placed) {
    this.placed = placed;
    this.configuration = placed.configuration();
    this.rights = new Rights(configuration);
  }

  /**
   * @return whether it is allowed
   * @throws IllegalArgumentException when the person, the place or the command is none
   */
  boolean tell(String personId, String placeId, List<String> words, PrintStream out) {
    Principal person = person(personId);
    Place place = place(placeId);
    Command command = command(words);
    RunRequest wish = wish(command);
    out.println("/" + command.name() + " by " + person.id() + " in " + Rights.id(place));
    facts(person, out);
    Verdict outside = rights.outside(person, place, command.name());
    if (outside != null) {
      out.println(
          outside.isAllowed()
              ? "allowed: an approver may decide anywhere; which approvals, approvals in "
                  + placed.name() + " says"
              : "denied: " + why(outside));
      return outside.isAllowed();
    }
    List<Verdict> verdicts = rights.entries(person, place, command.name(), wish);
    boolean isAllowed = false;
    for (int i = 0; i < verdicts.size(); i++) {
      Grant grant = configuration.rights().get(i);
      String at = placed.name() + ":" + placed.position().apply("rights[" + i + "]");
      String name = grant.name().isEmpty() ? "rights[" + i + "]" : grant.name();
      boolean allows = verdicts.get(i).isAllowed();
      out.println("  " + at + " " + name + ": " + (allows ? "allows it" : why(verdicts.get(i))));
      isAllowed |= allows;
    }
    if (verdicts.isEmpty()) {
      out.println("  rights has no entry");
    }
    Verdict verdict = rights.decide(person, place, command.name(), wish);
    out.println(isAllowed ? "allowed" : "denied: " + why(verdict));
    return isAllowed;
  }

  private void facts(Principal person, PrintStream out) {
    StringBuilder groups = new StringBuilder();
    configuration.groups().forEach((name, members) -> {
      if (rights.isMember(name, person)) {
        groups.append(groups.length() == 0 ? "" : ", ").append(name);
      }
    });
    List<String> same = rights.identities(person.id());
    out.println("  groups: " + (groups.length() == 0 ? "none" : groups));
    if (same.size() > 1) {
      out.println("  the same person as: " + String.join(", ", same.subList(1, same.size())));
    }
    StringBuilder decides = new StringBuilder();
    if (rights.mayDecide(person, "", "", List.of()).isAllowed()) {
      decides.append("what no rule is for");
    }
    for (Approvals.TemplateRule rule : configuration.approvals().rules()) {
      if (rights.isListed(rule.rule().approvers(), person)) {
        decides.append(decides.length() == 0 ? "" : ", ");
        decides.append(String.join(" ", rule.templates()));
      }
    }
    out.println("  approves: " + (decides.length() == 0 ? "nothing" : decides));
  }

  private RunRequest wish(Command command) {
    RunRequest wish = RunRequest.of(command, configuration);
    if (!command.name().equals("oos run")) {
      return wish;
    }
    Map<String, RunRequest.Value> typed = new LinkedHashMap<>();
    for (String word : command.arguments()) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        typed.put(word.substring(0, equals), RunRequest.Value.of(word.substring(equals + 1)));
      }
    }
    return new RunRequest(wish.template(), wish.region(), wish.ramRole(), typed);
  }

  private static String why(Verdict verdict) {
    Verdict.Denied denied = (Verdict.Denied) verdict;
    String what = denied.what();
    return switch (denied.reason()) {
      case TENANT -> "the workspace or corporation '" + what + "' is not in the configuration";
      case PERSON -> "does not name " + what;
      case PLACE -> "is not for " + what;
      case COMMAND -> "does not allow the command " + what;
      case TEMPLATE -> "does not allow the template " + what;
      case REGION -> "does not allow the region " + what;
      case ROLE -> "does not allow the role " + what;
      case PARAMETER ->
        what.indexOf('=') < 0
            ? "wants the parameter " + what + ", which is not given"
            : "does not allow " + what;
      case APPROVER, REQUESTER, BEARER, REASON ->
        denied.reason().name().toLowerCase(Locale.ROOT) + " " + what;
    };
  }

  private static Command command(List<String> words) {
    String first = words.get(0).startsWith("/") ? words.get(0) : "/" + words.get(0);
    Parsed parsed = CommandParser.parse(first, String.join(" ", words.subList(1, words.size())));
    if (parsed instanceof Mistake mistake) {
      throw new IllegalArgumentException("this is no command: " + String.join(" ", words)
          + (mistake.how().isEmpty() ? "" : "; " + mistake.how()));
    }
    return ((Parsed.Understood) parsed).command();
  }

  private static Principal person(String id) {
    String[] parts = parts(id, "person");
    return new Principal(Platform.valueOf(parts[0]), parts[1], parts[2], "");
  }

  private static Place place(String id) {
    String[] parts = parts(id, "place");
    return new Place(Platform.valueOf(parts[0]), parts[1], parts[2]);
  }

  /** Platform, tenant (which may hold a slash, in an enterprise), and the rest. */
  private static String[] parts(String id, String what) {
    int colon = id.indexOf(':');
    int slash = id.lastIndexOf('/');
    String platform = colon < 0 ? "" : id.substring(0, colon).toUpperCase(Locale.ROOT);
    if (slash < colon || !List.of("SLACK", "DINGTALK", "CLI").contains(platform)) {
      throw new IllegalArgumentException("'" + id + "' is no " + what
          + ": expected an id such as slack:T0001/U0001 or dingtalk:<corp>/<staff>");
    }
    return new String[] {platform, id.substring(colon + 1, slash), id.substring(slash + 1)};
  }
}
