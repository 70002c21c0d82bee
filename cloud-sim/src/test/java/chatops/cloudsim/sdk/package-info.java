/** The official SDK clients against the simulator, over HTTP. */
@NullMarked
package chatops.cloudsim.sdk;

import org.jspecify.annotations.NullMarked;
