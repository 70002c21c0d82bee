/** Executions in one SQLite file; {@link chatops.execution.sqlite.SqliteExecutionStore} is the entry. */
@NullMarked
package chatops.execution.sqlite;

import org.jspecify.annotations.NullMarked;
