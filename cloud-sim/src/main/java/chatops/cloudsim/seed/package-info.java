/** Names and numbers drawn from one seed. */
@NullMarked
package chatops.cloudsim.seed;

import org.jspecify.annotations.NullMarked;
