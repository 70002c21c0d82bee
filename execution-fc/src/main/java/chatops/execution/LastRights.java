package chatops.execution;

import chatops.chat.json.JsonException;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.ConfigurationException;
import chatops.chat.rights.ConfigurationJson;
import chatops.engine.EngineException;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * The last configuration that was sound, kept in the store: what an instance starts with that finds a damaged one, or none, where
 * the rights are followed. A convenience: a store that does not answer is no reason to do without rights.
 */
final class LastRights {
  private static final String KEY = "rights:last";
  private static final int LARGEST = 250_000;

  private final SharedRows rows;
  private final Log log;

  LastRights(SharedRows rows, Log log) {
    this.rows = rows;
    this.log = log;
  }

  void keep(Configuration configuration) {
    String text = new String(ConfigurationJson.write(configuration), StandardCharsets.UTF_8);
    if (text.length() > LARGEST) {
      log.line("", "rights not kept for a later start: " + text.length() + " characters");
      return;
    }
    try {
      Optional<SharedRow> before = rows.find(KEY);
      if (before.isEmpty() || !before.get().value().equals(text)) {
        rows.put(
            new SharedRow(KEY, UUID.randomUUID().toString(), text),
            before.map(SharedRow::stamp).orElse(SharedRows.ABSENT));
      }
    } catch (EngineException e) {
      log.line("", "rights not kept for a later start: " + e.getMessage());
    }
  }

  Optional<Configuration> kept() {
    try {
      return rows.find(KEY)
          .map(row -> ConfigurationJson.read(row.value().getBytes(StandardCharsets.UTF_8)));
    } catch (EngineException | JsonException | ConfigurationException e) {
      log.line("", "rights of an earlier start do not read: " + e.getMessage());
      return Optional.empty();
    }
  }
}
