/** What error codes of the cloud mean to people: {@link chatops.execution.explain.Explanations} is the entry. */
@NullMarked
package chatops.execution.explain;

import org.jspecify.annotations.NullMarked;
