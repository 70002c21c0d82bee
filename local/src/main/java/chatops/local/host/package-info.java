/** Both functions, the simulated cloud and the store on one machine; {@code Machine} starts them. */
@NullMarked
package chatops.local.host;

import org.jspecify.annotations.NullMarked;
