/**
 * Executions in Tablestore. Entry: {@link chatops.execution.tablestore.TablestoreExecutionStore}; the tables are made by
 * {@link chatops.execution.tablestore.TableCreation}.
 */
@NullMarked
package chatops.execution.tablestore;

import org.jspecify.annotations.NullMarked;
