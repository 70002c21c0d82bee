package chatops.execution.sqlite;

import chatops.engine.store.ExecutionStore;
import chatops.engine.store.ExecutionStoreHistories;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoriesTest extends ExecutionStoreHistories {
  @TempDir
  Path folder = Path.of("");

  @Override
  protected ExecutionStore open() {
    return new SqliteExecutionStore(folder.resolve("store.db"), () -> NOW);
  }
}
