package chatops.execution;

import chatops.engine.store.ExecutionStore;
import chatops.execution.config.ConfigurationFileException;
import chatops.execution.sqlite.SqliteExecutionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the store that {@code CHATOPS_STORE} names; a further kind of store is one more line. */
final class Stores {
  private Stores() {}

  /** @throws ConfigurationFileException when the setting names no store that can be opened */
  static ExecutionStore open(String setting, InstantSource clock) {
    if (setting.startsWith("sqlite:")) {
      return sqlite(Path.of(setting.substring("sqlite:".length())), clock);
    }
    throw new ConfigurationFileException(
        "CHATOPS_STORE: '" + setting + "' names no store; expected sqlite:/path/to/file.db");
  }

  private static ExecutionStore sqlite(Path file, InstantSource clock) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new ConfigurationFileException(
          "CHATOPS_STORE: directory " + folder + " does not exist; create it first");
    }
    return new SqliteExecutionStore(file, clock);
  }
}
