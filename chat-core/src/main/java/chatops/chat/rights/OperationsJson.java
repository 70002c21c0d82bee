package chatops.chat.rights;

import chatops.chat.rights.Operations.Expiry;
import chatops.chat.rights.Operations.Limit;
import chatops.chat.rights.Operations.Lock;
import chatops.chat.rights.Operations.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the sections {@code limits}, {@code locks}, {@code expiry}, {@code sessions} and {@code retention}. */
final class OperationsJson {
  private static final int MOST = 100_000;

  private final ConfigurationReader reader;

  OperationsJson(ConfigurationReader reader) {
    this.reader = reader;
  }

  Operations read(Map<String, Object> root) {
    Map<String, Object> sessions =
        reader.section(root.get("sessions"), "sessions", "per", "perSecond");
    Object locks = root.get("locks");
    Map<String, Object> retention =
        reader.section(root.get("retention"), "retention", "days", "auditDays");
    return new Operations(
        limits(root.get("limits")),
        locks == null ? Operations.USUAL_LOCKS : locks(locks),
        expiry(root.get("expiry")),
        days(retention, "days"),
        days(retention, "auditDays"),
        isPerPerson(reader.text(sessions.get("per"), "sessions.per")),
        perSecond(sessions.get("perSecond")));
  }

  private boolean isPerPerson(String per) {
    if (!per.isEmpty() && !per.equals("execution") && !per.equals("person")) {
      reader.problem("sessions.per", "expected execution or person");
    }
    return per.equals("person");
  }

  private int perSecond(@Nullable Object often) {
    return often == null
        ? Operations.USUAL_SESSIONS_PER_SECOND
        : reader.number(often, 1, 1_000, "sessions.perSecond");
  }

  private @Nullable Duration days(Map<String, Object> retention, String name) {
    Object days = retention.get(name);
    return days == null ? null : Duration.ofDays(reader.number(days, 1, MOST, "retention." + name));
  }

  private List<Limit> limits(@Nullable Object value) {
    List<Limit> limits = new ArrayList<>();
    List<?> entries = reader.list(value, "limits");
    for (int i = 0; i < entries.size(); i++) {
      String path = "limits[" + i + "]";
      Map<String, Object> limit =
          reader.section(entries.get(i), path, "templates", "running", "queued");
      limits.add(new Limit(
          reader.patterns(limit, path),
          reader.number(limit.get("running"), 1, MOST, path + ".running"),
          limit.get("queued") == null
              ? 0
              : reader.number(limit.get("queued"), 0, MOST, path + ".queued")));
    }
    return limits;
  }

  private List<Lock> locks(Object value) {
    List<Lock> locks = new ArrayList<>();
    List<?> entries = reader.list(value, "locks");
    for (int i = 0; i < entries.size(); i++) {
      String path = "locks[" + i + "]";
      Map<String, Object> lock =
          reader.section(entries.get(i), path, "templates", "targets", "parameters", "busy");
      String busy = reader.text(lock.get("busy"), path + ".busy");
      if (!busy.isEmpty() && !busy.equals("wait") && !busy.equals("refuse")) {
        reader.problem(path + ".busy", "expected wait or refuse");
      }
      locks.add(new Lock(
          reader.patterns(lock, path),
          lock.get("targets") == null || reader.flag(lock.get("targets"), path + ".targets"),
          reader.texts(lock.get("parameters"), path + ".parameters"),
          busy.equals("refuse")));
    }
    return locks;
  }

  private List<Expiry> expiry(@Nullable Object value) {
    List<Expiry> expiry = new ArrayList<>();
    List<?> entries = reader.list(value, "expiry");
    for (int i = 0; i < entries.size(); i++) {
      String path = "expiry[" + i + "]";
      Map<String, Object> entry =
          reader.section(entries.get(i), path, "templates", "approvals", "outcome", "executions");
      expiry.add(new Expiry(
          reader.patterns(entry, path),
          reader.time(entry.get("approvals"), path + ".approvals"),
          outcome(entry.get("outcome"), path + ".outcome"),
          reader.time(entry.get("executions"), path + ".executions")));
    }
    return expiry;
  }

  private Outcome outcome(@Nullable Object value, String path) {
    String text = reader.text(value, path);
    for (Outcome outcome : Outcome.values()) {
      if (outcome.word().equals(text)) {
        return outcome;
      }
    }
    if (!text.isEmpty()) {
      reader.problem(path, "expected approve, reject or cancel");
    }
    return Outcome.REJECT;
  }

  static void write(Operations operations, Map<String, @Nullable Object> json) {
    List<Object> limits = new ArrayList<>();
    for (Limit limit : operations.limits()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("templates", limit.templates());
      entry.put("running", (long) limit.running());
      entry.put("queued", (long) limit.queued());
      limits.add(entry);
    }
    json.put("limits", limits);
    List<Object> locks = new ArrayList<>();
    for (Lock lock : operations.locks()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("templates", lock.templates());
      entry.put("targets", lock.targets());
      entry.put("parameters", lock.parameters());
      entry.put("busy", lock.refuses() ? "refuse" : "wait");
      locks.add(entry);
    }
    json.put("locks", locks);
    List<Object> expiry = new ArrayList<>();
    for (Expiry each : operations.expiry()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("templates", each.templates());
      if (each.approvals() != null) {
        entry.put("approvals", Lifetime.text(each.approvals()));
      }
      entry.put("outcome", each.outcome().word());
      if (each.executions() != null) {
        entry.put("executions", Lifetime.text(each.executions()));
      }
      expiry.add(entry);
    }
    json.put("expiry", expiry);
    Map<String, Object> sessions = new LinkedHashMap<>();
    sessions.put("per", operations.sessionsPerPerson() ? "person" : "execution");
    sessions.put("perSecond", (long) operations.sessionsPerSecond());
    json.put("sessions", sessions);
    Map<String, Object> retention = new LinkedHashMap<>();
    if (operations.retention() != null) {
      retention.put("days", operations.retention().toDays());
    }
    if (operations.auditRetention() != null) {
      retention.put("auditDays", operations.auditRetention().toDays());
    }
    if (!retention.isEmpty()) {
      json.put("retention", retention);
    }
  }
}
