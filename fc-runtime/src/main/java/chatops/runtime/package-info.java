/** Placeholder. */
@NullMarked
package chatops.runtime;

import org.jspecify.annotations.NullMarked;
