/** The way to Execution. */
@NullMarked
package chatops.front.gateway;

import org.jspecify.annotations.NullMarked;
