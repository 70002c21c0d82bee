package chatops.execution.sqlite;

import java.util.List;

/** The tables. Times are nanoseconds since 1970; a null {@code wake_at} needs nobody. */
final class Tables {
  static final List<String> CREATE = List.of(
      """
          CREATE TABLE execution (
            id TEXT PRIMARY KEY, version INTEGER NOT NULL, schema INTEGER NOT NULL, epoch INTEGER NOT NULL,
            status TEXT NOT NULL, wake_at INTEGER, created_at INTEGER NOT NULL, template TEXT NOT NULL,
            started_by TEXT NOT NULL, document TEXT NOT NULL) WITHOUT ROWID""",
      "CREATE INDEX execution_wake ON execution (wake_at) WHERE wake_at IS NOT NULL",
      "CREATE INDEX execution_created ON execution (created_at)",
      """
          CREATE TABLE task (
            execution TEXT NOT NULL, path TEXT NOT NULL, epoch INTEGER NOT NULL, schema INTEGER NOT NULL,
            document TEXT NOT NULL, PRIMARY KEY (execution, path)) WITHOUT ROWID""",
      """
          CREATE TABLE blob (
            execution TEXT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (execution, hash)) WITHOUT ROWID""",
      """
          CREATE TABLE log (
            execution TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, task TEXT NOT NULL,
            level TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (execution, sequence)) WITHOUT ROWID""",
      "CREATE TABLE guard (key TEXT PRIMARY KEY, value TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID");

  private Tables() {}
}
