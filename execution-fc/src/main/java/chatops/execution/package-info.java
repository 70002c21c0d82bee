/** Placeholder. */
@NullMarked
package chatops.execution;

import org.jspecify.annotations.NullMarked;
