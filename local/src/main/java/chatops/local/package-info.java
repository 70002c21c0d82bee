/** Placeholder. */
@NullMarked
package chatops.local;

import org.jspecify.annotations.NullMarked;
