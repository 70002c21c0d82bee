/** What rights say about executions that are there and about values they are given. */
@NullMarked
package chatops.execution.right;

import org.jspecify.annotations.NullMarked;
