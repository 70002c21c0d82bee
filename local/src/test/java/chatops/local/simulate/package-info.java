/** The simulation as users see it. */
@NullMarked
package chatops.local.simulate;

import org.jspecify.annotations.NullMarked;
