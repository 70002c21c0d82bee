/** Placeholder. */
@NullMarked
package chatops.fc2;

import org.jspecify.annotations.NullMarked;
