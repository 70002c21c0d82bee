/** Function clients, the simulated cloud and the function runtime, over HTTP. */
@NullMarked
package chatops.local.function;

import org.jspecify.annotations.NullMarked;
