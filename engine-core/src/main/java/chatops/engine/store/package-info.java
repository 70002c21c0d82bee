/** The persistence port and its rows. */
@NullMarked
package chatops.engine.store;

import org.jspecify.annotations.NullMarked;
