/**
 * Packages for Function Compute: one zip per function with a Java of its own. {@link chatops.local.pack.Packing} makes them,
 * {@link chatops.local.pack.UnpackedFunctions} runs them on this machine.
 */
@NullMarked
package chatops.local.pack;

import org.jspecify.annotations.NullMarked;
