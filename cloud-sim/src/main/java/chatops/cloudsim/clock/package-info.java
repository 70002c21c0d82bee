/** Time that tests can set, and work that falls due on it. */
@NullMarked
package chatops.cloudsim.clock;

import org.jspecify.annotations.NullMarked;
