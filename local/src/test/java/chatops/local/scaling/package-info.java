/** Lifecycle hooks of Auto Scaling on the one-machine host. */
@NullMarked
package chatops.local.scaling;

import org.jspecify.annotations.NullMarked;
