package chatops.execution.sqlite;

import chatops.engine.store.ExecutionStore;
import chatops.engine.store.ExecutionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteExecutionStoreTest extends ExecutionStoreContract {
  @TempDir
  Path folder;

  @Override
  protected ExecutionStore open() {
    return new SqliteExecutionStore(folder.resolve("store.db"), () -> NOW);
  }
}
