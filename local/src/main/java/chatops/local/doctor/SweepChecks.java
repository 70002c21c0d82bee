package chatops.local.doctor;

import chatops.engine.EngineException;
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
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Whether the sweep is alive: its timer is on, and the store has the sign of one that ended a short while ago. */
record SweepChecks(StoreAccess store, DeployedNames names, InstantSource clock) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBJECT = "sweep";
  private static final String TABLESTORE = "tablestore:";

  /**
   * @param trigger as Function Compute has it
   * @param setting the deployed {@code CHATOPS_STORE}; empty where Function Compute does not tell
   */
  Finding sweep(Optional<byte[]> trigger, String setting) throws IOException {
    if (trigger.isEmpty()) {
      return off("there is no timer trigger of that name");
    }
    String config = JSON.readTree(trigger.get()).path("triggerConfig").asText();
    JsonNode timer = JSON.readTree(config.isEmpty() ? "{}" : config);
    if (!timer.path("enable").asBoolean()) {
      return off("its timer is off");
    }
    String instance =
        setting.startsWith(TABLESTORE) ? setting.substring(TABLESTORE.length()) : store.instance();
    return instance.isEmpty()
        ? unseen("nobody told in which store", "set CHATOPS_TABLESTORE_INSTANCE")
        : last(instance);
  }

  private Finding off(String found) {
    return Finding.bad(
        SUBJECT,
        found,
        "./chatops deploy, or switch the trigger " + names.sweep() + " of " + names.execution()
            + " on: without it lost wake-ups are never found");
  }

  private Finding last(String instance) {
    Optional<Instant> last;
    SyncClient client = store.open(instance);
    try (ExecutionStore rows = new TablestoreExecutionStore(client, clock)) {
      // asked once: the store would repeat for ten seconds what nobody answers
      client.listTable();
      last = new LastSweep(rows.shared()).time();
    } catch (ClientException | TableStoreException | EngineException e) {
      return unseen(
          "the store " + instance + " does not tell",
          "allow these keys ots:GetRow there, and see to what stands at tables");
    }
    String log = "look into the log of " + names.execution() + " for 'sweeping: unexpected'";
    if (last.isEmpty()) {
      return Finding.bad(
          SUBJECT,
          "its timer is on, and none has ended yet",
          "within two minutes of the first deployment, or of an upgrade, this is so; else " + log);
    }
    Instant now = clock.instant();
    Duration since = Duration.between(last.get(), now);
    String when = "the last one ended "
        + (since.isNegative() ? "just now" : words(since) + " ago") + ", at "
        + last.get().truncatedTo(ChronoUnit.SECONDS);
    return LastSweep.isLate(last.get(), now)
        ? Finding.bad(
            SUBJECT,
            "its timer is on, but " + when,
            log + "; where there is none, Function Compute does not call it: look at its errors and"
                + " throttles in the console")
        : Finding.good(SUBJECT, "is alive: " + when);
  }

  private static Finding unseen(String why, String fix) {
    return Finding.note(SUBJECT, "its timer is on; whether it runs is not known: " + why, fix);
  }

  private static String words(Duration since) {
    if (since.toHours() >= 48) {
      return since.toDays() + " days";
    }
    if (since.toMinutes() >= 120) {
      return since.toHours() + " hours";
    }
    return since.toSeconds() >= 120 ? since.toMinutes() + " minutes" : since.toSeconds() + " s";
  }
}
