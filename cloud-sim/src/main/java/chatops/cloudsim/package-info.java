/**
 * A simulated Alibaba Cloud and the chats' receiving ends, for demos, tests and rehearsals. Entry: {@link chatops.cloudsim.CloudSim} over HTTP, {@link
 * chatops.cloudsim.cloud.SimulatedCloud} without it.
 */
@NullMarked
package chatops.cloudsim;

import org.jspecify.annotations.NullMarked;
