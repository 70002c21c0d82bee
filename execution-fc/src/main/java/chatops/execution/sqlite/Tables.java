package chatops.execution.sqlite;

import java.util.List;

/** The tables. Times are nanoseconds since 1970; a null {@code wake_at} needs nobody. */
final class Tables {
  /** Since schema 2. */
  static final String SHARED =
      "CREATE TABLE shared (key TEXT PRIMARY KEY, stamp TEXT NOT NULL, value TEXT NOT NULL) WITHOUT ROWID";

  /** Since schema 3. */
  static final String AUDIT = """
      CREATE TABLE audit (
        execution TEXT NOT NULL, last INTEGER NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (execution, last, hash)) WITHOUT ROWID""";

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
      "CREATE TABLE guard (key TEXT PRIMARY KEY, value TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID",
      SHARED,
      AUDIT);

  /** What brings a file of each earlier schema, 1 first, to the next one. */
  static final List<List<String>> STEPS = List.of(List.of(SHARED), List.of(AUDIT));

  private Tables() {}
}
