package chatops.local.cli;

import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;
import chatops.engine.store.ExecutionStore;
import chatops.execution.sealed.SealedStore;
import chatops.execution.sqlite.SqliteExecutionStore;
import chatops.execution.tablestore.TablestoreExecutionStore;
import chatops.local.host.DataDirectory;
import chatops.local.host.HostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options of commands that read a store: a host's directory with its keys, or what {@code CHATOPS_STORE} says, opened with {@code
 * CHATOPS_SEAL_KEYS} where the environment has them.
 */
final class StoreChoice {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "A host's directory: that of ./chatops demo --keep DIR. The host may run.")
  private @Nullable Path directory;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = "sqlite:FILE or tablestore:INSTANCE, as in CHATOPS_STORE.")
  private @Nullable String store;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region of the Tablestore instance. Default: FC_REGION of the environment.")
  private @Nullable String region;

  /** @throws CommandFailure when there is no such store */
  ExecutionStore open(Map<String, String> environment) {
    if ((directory == null) == (store == null)) {
      throw new CommandFailure(
          "name the store: --dir DIR, or --store sqlite:FILE|tablestore:INSTANCE");
    }
    String keys = environment.getOrDefault("CHATOPS_SEAL_KEYS", "");
    if (directory != null) {
      // serve keeps none: it is given them as the functions are
      String kept = keysIn(directory);
      return opened(sqlite(DataDirectory.storeIn(directory)), kept.isEmpty() ? keys : kept);
    }
    String named = String.valueOf(store);
    if (named.startsWith("sqlite:")) {
      return opened(sqlite(Path.of(named.substring("sqlite:".length()))), keys);
    }
    if (named.startsWith("tablestore:")) {
      return opened(
          new TablestoreExecutionStore(
              TablestoreAccess.open(named.substring("tablestore:".length()), region, environment),
              InstantSource.system()),
          keys);
    }
    throw new CommandFailure(
        "--store " + named + " names no store; expected sqlite:FILE or tablestore:INSTANCE");
  }

  private static String keysIn(Path directory) {
    try {
      return DataDirectory.sealKeysIn(directory);
    } catch (HostException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /** Rows that are sealed open with these keys alone; others, and all columns, are read without. */
  private static ExecutionStore opened(ExecutionStore rows, String keys) {
    try {
      return new SealedStore(rows, new Seal(keys.isEmpty() ? noKey() : keys));
    } catch (SealException e) {
      rows.close();
      throw new CommandFailure("CHATOPS_SEAL_KEYS: " + e.getMessage());
    }
  }

  /** One that opens nothing, so that sealed rows are known as such, and are not taken for damaged ones. */
  private static String noKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return "none:" + Base64.getEncoder().encodeToString(key);
  }

  private static ExecutionStore sqlite(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure("there is no store " + file + "; name the directory of a host");
    }
    try {
      return new SqliteExecutionStore(file, InstantSource.system());
    } catch (IllegalStateException refused) {
      throw new CommandFailure(String.valueOf(refused.getMessage()));
    }
  }
}
