/**
 * The real engine in a world made for it: one thread, a clock that jumps, no account and no network. {@link
 * chatops.local.rehearsal.VirtualWorld} is the world, {@link chatops.local.rehearsal.RehearsedCloud} answers its calls.
 */
@NullMarked
package chatops.local.rehearsal;

import org.jspecify.annotations.NullMarked;
