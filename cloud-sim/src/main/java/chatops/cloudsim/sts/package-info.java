/** The service STS. */
@NullMarked
package chatops.cloudsim.sts;

import org.jspecify.annotations.NullMarked;
