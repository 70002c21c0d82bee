/** Runs templates without an account, for people who write them; {@link chatops.local.simulate.Simulator} is the entry. */
@NullMarked
package chatops.local.simulate;

import org.jspecify.annotations.NullMarked;
