/** Placeholder. */
@NullMarked
package chatops.cloudsim;

import org.jspecify.annotations.NullMarked;
