package chatops.execution;

import chatops.engine.store.ExecutionStore;
import chatops.execution.config.ConfigurationFileException;
import chatops.execution.sqlite.SqliteExecutionStore;
import chatops.execution.sts.FunctionRole;
import chatops.execution.tablestore.TablestoreConnection;
import chatops.execution.tablestore.TablestoreExecutionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Opens the store that {@code CHATOPS_STORE} names; a further kind of store is one more line. */
final class Stores {
  private static final String SQLITE = "sqlite:";
  private static final String TABLESTORE = "tablestore:";

  private Stores() {}

  /**
   * @param role whose keys of the moment a store in the cloud is called with
   * @throws ConfigurationFileException when the setting names no store that can be opened
   */
  static ExecutionStore open(Deployment deployment, FunctionRole role, InstantSource clock) {
    String setting = deployment.store();
    if (setting.startsWith(SQLITE)) {
      return sqlite(Path.of(setting.substring(SQLITE.length())), clock);
    }
    if (setting.startsWith(TABLESTORE)) {
      return tablestore(setting.substring(TABLESTORE.length()), deployment, role, clock);
    }
    throw new ConfigurationFileException("CHATOPS_STORE: '" + setting
        + "' names no store; expected sqlite:/path/to/file.db or tablestore:<instance>");
  }

  private static ExecutionStore sqlite(Path file, InstantSource clock) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new ConfigurationFileException(
          "CHATOPS_STORE: directory " + folder + " does not exist; create it first");
    }
    return new SqliteExecutionStore(file, clock);
  }

  private static ExecutionStore tablestore(
      String instance, Deployment deployment, FunctionRole role, InstantSource clock) {
    Map<String, String> environment = new HashMap<>(deployment.environment());
    environment.put("FC_REGION", deployment.regionId());
    try {
      return new TablestoreExecutionStore(
          TablestoreConnection.open(instance, environment, role::current), clock);
    } catch (IllegalArgumentException wrong) {
      throw new ConfigurationFileException(String.valueOf(wrong.getMessage()));
    }
  }
}
