/** One door per kind of address: what arrives over HTTP is checked, handed to the core and answered in the real service's shape. */
@NullMarked
package chatops.cloudsim.door;

import org.jspecify.annotations.NullMarked;
