package chatops.chat.rights;

import chatops.chat.command.Aliases;
import chatops.chat.command.Verbs;
import chatops.chat.rights.Configuration.Grant;
import chatops.chat.rights.ConfigurationException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must agree within a configuration: names that are used exist, ids have the form of ids, patterns can match. */
final class ConfigurationCheck {
  private final Configuration configuration;
  private final List<Problem> problems;

  private ConfigurationCheck(Configuration configuration, List<Problem> problems) {
    this.configuration = configuration;
    this.problems = problems;
  }

  static void check(Configuration configuration, List<Problem> problems) {
    ConfigurationCheck check = new ConfigurationCheck(configuration, problems);
    check.regionsAndRoles();
    check.people();
    check.cards();
    check.approvals();
    check.rights();
    check.aliases();
    check.hosts();
  }

  private void regionsAndRoles() {
    String region = configuration.regions().initial();
    if (!region.isEmpty() && !configuration.regions().allowed().contains(region)) {
      problem("regions.default", region + " is not in regions.allowed");
    }
    String role = configuration.roles().initial();
    if (!role.isEmpty() && !configuration.roles().allowed().containsKey(role)) {
      problem("roles.default", role + " is not in roles.allowed");
    }
    for (Map.Entry<String, String> entry : configuration.roles().allowed().entrySet()) {
      if (!entry.getValue().startsWith("acs:ram::") || !entry.getValue().contains(":role/")) {
        problem("roles.allowed." + entry.getKey(), "expected acs:ram::<account>:role/<name>");
      }
    }
  }

  private void people() {
    for (Map.Entry<String, List<String>> group : configuration.groups().entrySet()) {
      for (int i = 0; i < group.getValue().size(); i++) {
        person(group.getValue().get(i), "groups." + group.getKey() + "[" + i + "]");
      }
    }
    for (String id : configuration.people().keySet()) {
      id(id, "people." + id);
    }
    for (String id : configuration.channels().keySet()) {
      id(id, "channels." + id);
    }
  }

  private void cards() {
    Configuration.DingTalk dingtalk = configuration.dingtalk();
    if (dingtalk.cardTemplate().isEmpty() != dingtalk.cardRoute().isEmpty()) {
      problem(
          "dingtalk.cards",
          "expected template and route: without a registered route the buttons lead nowhere");
    }
  }

  private void approvals() {
    rule(configuration.approvals().general(), "approvals");
    for (int i = 0; i < configuration.approvals().rules().size(); i++) {
      Approvals.TemplateRule entry = configuration.approvals().rules().get(i);
      String path = "approvals.rules[" + i + "]";
      // what is inherited is told at the section, once
      if (entry.namesApprovers() || entry.rule().needed() != needed()) {
        rule(entry.rule(), path);
      }
    }
  }

  private int needed() {
    return configuration.approvals().general().needed();
  }

  private void rule(Approvals.Rule rule, String path) {
    who(rule.approvers(), path + ".approvers");
    int people = people(rule.approvers());
    if (rule.needed() > 1 && people < rule.needed()) {
      problem(
          path + ".needed",
          rule.needed() + " different people are needed, but the approvers are only " + people);
    }
  }

  /** How many different people these are; no end where a pattern is among them. */
  private int people(List<String> approvers) {
    List<String> people = new ArrayList<>();
    for (String entry : approvers) {
      List<String> members = entry.startsWith("group:")
          ? configuration.groups().getOrDefault(entry.substring(6), List.of())
          : List.of(entry);
      for (String member : members) {
        Configuration.Person known = configuration.people().get(member);
        String person = known == null || known.ramUser().isEmpty() ? member : known.ramUser();
        if (member.indexOf('*') >= 0) {
          return Integer.MAX_VALUE;
        }
        if (!people.contains(person)) {
          people.add(person);
        }
      }
    }
    return people.size();
  }

  private void rights() {
    for (int i = 0; i < configuration.rights().size(); i++) {
      Grant grant = configuration.rights().get(i);
      String path = "rights[" + i + "]";
      if (grant.who().isEmpty()) {
        problem(path + ".who", "expected at least one person or group; \"*\" is everybody");
      }
      if (grant.commands().isEmpty()) {
        problem(
            path + ".commands",
            "expected at least one command, such as \"ecs status\" or \"ecs *\"");
      }
      who(grant.who(), path + ".who");
      for (int j = 0; j < grant.where().size(); j++) {
        if (!grant.where().get(j).equals("*")) {
          id(grant.where().get(j), path + ".where[" + j + "]");
        }
      }
      for (int j = 0; j < grant.commands().size(); j++) {
        command(grant.commands().get(j), path + ".commands[" + j + "]");
      }
      known(
          grant.regions(), configuration.regions().allowed(), "regions.allowed", path + ".regions");
      known(
          grant.ramRoles(),
          List.copyOf(configuration.roles().allowed().keySet()),
          "roles.allowed",
          path + ".ramRoles");
    }
  }

  private void aliases() {
    for (Map.Entry<String, String> alias : configuration.aliases().entrySet()) {
      String wrong = Aliases.problem(alias.getKey(), alias.getValue());
      if (!wrong.isEmpty()) {
        problem("aliases." + alias.getKey(), wrong);
      }
    }
  }

  private void who(List<String> entries, String path) {
    for (int i = 0; i < entries.size(); i++) {
      person(entries.get(i), path + "[" + i + "]");
    }
  }

  private void person(String entry, String path) {
    if (entry.startsWith("group:")) {
      if (path.startsWith("groups.")) {
        problem(path, "a group has people, not groups");
      } else if (!configuration.groups().containsKey(entry.substring(6))) {
        problem(path, "there is no group " + entry.substring(6) + " in groups");
      }
    } else if (!entry.equals("*")) {
      id(entry, path);
    }
  }

  private void id(String id, String path) {
    boolean platform =
        id.startsWith("slack:") || id.startsWith("dingtalk:") || id.startsWith("cli:");
    if (!platform || id.indexOf('/') < 0) {
      problem(
          path,
          "expected an id such as slack:T0001/U0001 or dingtalk:<corp>/<staff>; /oos whoami shows it");
    }
  }

  private void command(String pattern, String path) {
    for (Verbs.Verb verb : Verbs.ALL) {
      if (Pattern.matches(pattern, verb.command())) {
        return;
      }
    }
    problem(path, "no command is called so; known: " + Verbs.names());
  }

  private void known(List<String> patterns, List<String> names, String from, String path) {
    for (int i = 0; i < patterns.size(); i++) {
      boolean matches = false;
      for (String name : names) {
        matches = matches || Pattern.matches(patterns.get(i), name);
      }
      if (!matches) {
        problem(path + "[" + i + "]", patterns.get(i) + " is not in " + from);
      }
    }
  }

  private void hosts() {
    List<String> hosts = configuration.outbound().hosts();
    for (int i = 0; i < hosts.size(); i++) {
      String host = hosts.get(i);
      String name = host.startsWith("*.") ? host.substring(2) : host;
      if (name.indexOf('.') < 0 || !chatops.chat.url.HostName.isName(name)) {
        problem(
            "outbound.hosts[" + i + "]",
            "expected a host name such as oapi.dingtalk.com or *.example.com");
      }
    }
  }

  private void problem(String path, String message) {
    problems.add(new Problem(path, message));
  }
}
