package chatops.chat.rights;

import chatops.chat.rights.Approvals.Reason;
import chatops.chat.rights.Approvals.Rule;
import chatops.chat.rights.Approvals.TemplateRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the section {@code approvals}. What a rule leaves out is as the section says. */
final class ApprovalsJson {
  private static final Rule NOBODY = new Rule(false, false, List.of(), 1, Reason.OPTIONAL, null);
  private static final int MOST_NEEDED = 50;

  private final ConfigurationReader reader;

  ApprovalsJson(ConfigurationReader reader) {
    this.reader = reader;
  }

  Approvals read(@Nullable Object value) {
    Map<String, Object> section = reader.section(
        value,
        "approvals",
        "bearerLinks",
        "requesterMayApprove",
        "approvers",
        "needed",
        "reason",
        "reminder",
        "rules");
    Rule general = rule(section, "approvals", NOBODY);
    List<TemplateRule> rules = new ArrayList<>();
    List<?> entries = reader.list(section.get("rules"), "approvals.rules");
    for (int i = 0; i < entries.size(); i++) {
      String path = "approvals.rules[" + i + "]";
      Map<String, Object> entry = reader.section(
          entries.get(i),
          path,
          "templates",
          "bearerLinks",
          "requesterMayApprove",
          "approvers",
          "needed",
          "reason",
          "reminder");
      boolean namesApprovers = entry.get("approvers") != null;
      if (namesApprovers && Boolean.TRUE.equals(entry.get("bearerLinks"))) {
        reader.problem(
            path + ".bearerLinks",
            "a link has no identity, so it cannot decide where approvers are named; leave one of both out");
      }
      rules.add(new TemplateRule(
          reader.patterns(entry, path), namesApprovers, rule(entry, path, general)));
    }
    return new Approvals(general, rules);
  }

  private Rule rule(Map<String, Object> from, String path, Rule otherwise) {
    Object needed = from.get("needed");
    Object reminder = from.get("reminder");
    return new Rule(
        flag(from.get("bearerLinks"), path + ".bearerLinks", otherwise.bearerLinks()),
        flag(
            from.get("requesterMayApprove"),
            path + ".requesterMayApprove",
            otherwise.requesterMayApprove()),
        from.get("approvers") == null
            ? otherwise.approvers()
            : reader.texts(from.get("approvers"), path + ".approvers"),
        needed == null
            ? otherwise.needed()
            : reader.number(needed, 1, MOST_NEEDED, path + ".needed"),
        reason(from.get("reason"), path + ".reason", otherwise.reason()),
        reminder == null ? otherwise.reminder() : time(reminder, path + ".reminder"));
  }

  private boolean flag(@Nullable Object value, String path, boolean otherwise) {
    return value == null ? otherwise : reader.flag(value, path);
  }

  private @Nullable Duration time(Object value, String path) {
    return value.equals("never") ? null : reader.time(value, path);
  }

  private Reason reason(@Nullable Object value, String path, Reason otherwise) {
    for (Reason reason : Reason.values()) {
      if (reason.word().equals(value)) {
        return reason;
      }
    }
    if (value != null) {
      reader.problem(path, "expected optional, rejection or required");
    }
    return otherwise;
  }

  static Map<String, Object> write(Approvals approvals) {
    Map<String, Object> json = json(approvals.general(), true);
    List<Object> rules = new ArrayList<>();
    for (TemplateRule rule : approvals.rules()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("templates", rule.templates());
      entry.putAll(json(rule.rule(), rule.namesApprovers()));
      if (rule.namesApprovers()) {
        // inherited, and without effect there
        entry.remove("bearerLinks");
      }
      rules.add(entry);
    }
    if (!rules.isEmpty()) {
      json.put("rules", rules);
    }
    return json;
  }

  private static Map<String, Object> json(Rule rule, boolean namesApprovers) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bearerLinks", rule.bearerLinks());
    json.put("requesterMayApprove", rule.requesterMayApprove());
    if (namesApprovers) {
      json.put("approvers", rule.approvers());
    }
    json.put("needed", (long) rule.needed());
    json.put("reason", rule.reason().word());
    json.put("reminder", rule.reminder() == null ? "never" : Lifetime.text(rule.reminder()));
    return json;
  }
}
