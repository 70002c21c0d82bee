/**
 * The Execution function: {@link chatops.execution.ExecutionHandler} is the entry, {@link chatops.execution.Wiring} says how its
 * parts meet.
 */
@NullMarked
package chatops.execution;

import org.jspecify.annotations.NullMarked;
