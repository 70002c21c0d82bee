/** The transport-free core: services, calls, replies, faults and the call log. Entry: {@link chatops.cloudsim.cloud.SimulatedCloud}. */
@NullMarked
package chatops.cloudsim.cloud;

import org.jspecify.annotations.NullMarked;
