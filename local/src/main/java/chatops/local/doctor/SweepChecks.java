package chatops.local.doctor;

import static java.util.stream.Collectors.joining;

import chatops.engine.EngineException;
import chatops.engine.audit.UnreadTrails;
import chatops.engine.id.ExecutionId;
import chatops.engine.share.LastSweep;
import chatops.engine.store.ExecutionStore;
import chatops.execution.tablestore.TablestoreExecutionStore;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Whether the sweep is alive: its timer is on, and the store has the sign of one that ended a short while ago; and whether it could
 * read all it anchors.
 */
record SweepChecks(StoreAccess store, DeployedNames names, InstantSource clock) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBJECT = "sweep";
  private static final String TABLESTORE = "tablestore:";
  private static final int NAMED = 3;

  /**
   * @param trigger as Function Compute has it
   * @param setting the deployed {@code CHATOPS_STORE}; empty where Function Compute does not tell
   */
  List<Finding> sweep(Optional<byte[]> trigger, String setting) throws IOException {
    if (trigger.isEmpty()) {
      return List.of(off("there is no timer trigger of that name"));
    }
    JsonNode there = JSON.readTree(trigger.get());
    String config = there.path("triggerConfig").asText();
    JsonNode timer = JSON.readTree(config.isEmpty() ? "{}" : config);
    if (!timer.path("enable").asBoolean()) {
      return List.of(off("its timer is off"));
    }
    String instance =
        setting.startsWith(TABLESTORE) ? setting.substring(TABLESTORE.length()) : store.instance();
    return instance.isEmpty()
        ? List.of(unseen("nobody told in which store", "set CHATOPS_TABLESTORE_INSTANCE"))
        : inStore(instance, set(there));
  }

  /** When the trigger was last set, at the latest by the last deployment; long ago where Function Compute does not say. */
  private static Instant set(JsonNode trigger) {
    try {
      return OffsetDateTime.parse(trigger.path("lastModifiedTime").asText()).toInstant();
    } catch (DateTimeParseException unsaid) {
      return Instant.EPOCH;
    }
  }

  private Finding off(String found) {
    return Finding.bad(
        SUBJECT,
        found,
        "./chatops deploy, or switch the trigger " + names.sweep() + " of " + names.execution()
            + " on: without it lost wake-ups are never found");
  }

  private List<Finding> inStore(String instance, Instant set) {
    Optional<Instant> last;
    List<ExecutionId> unread;
    SyncClient client = store.open(instance);
    try (ExecutionStore rows = new TablestoreExecutionStore(client, clock)) {
      // asked once: the store would repeat for ten seconds what nobody answers
      client.listTable();
      last = new LastSweep(rows.shared()).time();
      unread = new UnreadTrails(rows.shared()).ids();
    } catch (ClientException | TableStoreException | EngineException e) {
      return List.of(unseen(
          "the store " + instance + " does not tell",
          "allow these keys ots:GetRow there, and see to what stands at tables"));
    }
    return unread.isEmpty()
        ? List.of(alive(last, set))
        : List.of(alive(last, set), unread(instance, unread));
  }

  /** A few by name: where there are many, it is not single rows that are wrong. */
  private Finding unread(String instance, List<ExecutionId> ids) {
    String first = ids.stream().limit(NAMED).map(ExecutionId::value).collect(joining(", "));
    return Finding.bad(
        "audit",
        ids.size() + " executions are in no anchor, because their rows cannot be read: " + first
            + (ids.size() > NAMED ? ", …" : ""),
        "./chatops audit verify --store " + TABLESTORE + instance + " --region "
            + DeployedChecks.region(store.environment())
            + "; put these rows back from a backup");
  }

  private Finding alive(Optional<Instant> last, Instant set) {
    Instant now = clock.instant();
    String when = last.map(ended -> "the last one ended " + words(Duration.between(ended, now))
            + " ago, at " + ended.truncatedTo(ChronoUnit.SECONDS))
        .orElse("none has ended yet");
    if (last.filter(ended -> !LastSweep.isLate(ended, now)).isPresent()) {
      return Finding.good(SUBJECT, "is alive: " + when);
    }
    return LastSweep.isLate(set, now)
        ? Finding.bad(
            SUBJECT,
            "its timer is on, but " + when,
            "look into the log of " + names.execution()
                + " for 'sweeping: unexpected'; where there is none, Function Compute does not call it: look"
                + " at its errors and throttles in the console. A version that leaves no sign: ./chatops deploy")
        : Finding.note(
            SUBJECT,
            "its timer was set " + words(Duration.between(set, now)) + " ago, and " + when,
            "ask again in three minutes");
  }

  private static Finding unseen(String why, String fix) {
    return Finding.note(SUBJECT, "its timer is on; whether it runs is not known: " + why, fix);
  }

  /** A clock beside ours makes no negative time. */
  private static String words(Duration since) {
    if (since.toHours() >= 48) {
      return since.toDays() + " days";
    }
    if (since.toMinutes() >= 120) {
      return since.toHours() + " hours";
    }
    return since.toSeconds() >= 120
        ? since.toMinutes() + " minutes"
        : Math.max(0, since.toSeconds()) + " s";
  }
}
