/** The state of one run: {@link chatops.engine.execution.Execution} changes by {@link chatops.engine.execution.Event}. */
@NullMarked
package chatops.engine.execution;

import org.jspecify.annotations.NullMarked;
