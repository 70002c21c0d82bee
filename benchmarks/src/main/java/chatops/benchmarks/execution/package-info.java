/** What a cold Execution costs: {@link chatops.benchmarks.execution.ColdExecution}. */
@NullMarked
package chatops.benchmarks.execution;

import org.jspecify.annotations.NullMarked;
