package chatops.execution.sqlite;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tables. Times are nanoseconds since 1970; a null {@code wake_at} needs nobody. Tables of documents have row ids: without them SQLite
 * puts what a row has over a quarter of a page on a page of its own, and each commit would write twice as much.
 */
final class Tables {
  private static final String EXECUTION = """
      CREATE TABLE execution (
        id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, epoch INTEGER NOT NULL,
        status TEXT NOT NULL, wake_at INTEGER, created_at INTEGER NOT NULL, template TEXT NOT NULL,
        started_by TEXT NOT NULL, document TEXT NOT NULL)""";

  private static final List<String> EXECUTION_INDEXES = List.of(
      "CREATE INDEX execution_wake ON execution (wake_at) WHERE wake_at IS NOT NULL",
      "CREATE INDEX execution_created ON execution (created_at)");

  private static final String TASK = """
      CREATE TABLE task (
        execution TEXT NOT NULL, path TEXT NOT NULL, epoch INTEGER NOT NULL, schema INTEGER NOT NULL,
        document TEXT NOT NULL, PRIMARY KEY (execution, path))""";

  private static final String BLOB = """
      CREATE TABLE blob (
        execution TEXT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (execution, hash))""";

  private static final String LOG = """
      CREATE TABLE log (
        execution TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, task TEXT NOT NULL,
        level TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (execution, sequence)) WITHOUT ROWID""";

  private static final String GUARD =
      "CREATE TABLE guard (key TEXT PRIMARY KEY, value TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID";

  /** Since schema 2. */
  private static final String SHARED =
      "CREATE TABLE shared (key TEXT PRIMARY KEY, stamp TEXT NOT NULL, value TEXT NOT NULL) WITHOUT ROWID";

  /** Since schema 3. */
  private static final String AUDIT = """
      CREATE TABLE audit (
        execution TEXT NOT NULL, last INTEGER NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (execution, last, hash))""";

  static final List<String> CREATE =
      joined(List.of(EXECUTION), EXECUTION_INDEXES, List.of(TASK, BLOB, LOG, GUARD, SHARED, AUDIT));

  /** What brings a file of each earlier schema, 1 first, to the next one. */
  static final List<List<String>> STEPS = List.of(
      List.of(SHARED),
      List.of(AUDIT),
      joined(
          rebuilt("execution", EXECUTION),
          EXECUTION_INDEXES,
          rebuilt("task", TASK),
          rebuilt("blob", BLOB),
          rebuilt("audit", AUDIT)));

  private Tables() {}

  /** The same rows in a table that is made anew. */
  private static List<String> rebuilt(String table, String create) {
    return List.of(
        "ALTER TABLE " + table + " RENAME TO " + table + "_before",
        create,
        "INSERT INTO " + table + " SELECT * FROM " + table + "_before",
        "DROP TABLE " + table + "_before");
  }

  @SafeVarargs
  private static List<String> joined(List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).toList();
  }
}
