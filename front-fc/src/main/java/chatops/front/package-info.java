/** Placeholder. */
@NullMarked
package chatops.front;

import org.jspecify.annotations.NullMarked;
