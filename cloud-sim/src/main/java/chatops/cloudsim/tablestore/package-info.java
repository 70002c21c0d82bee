/**
 * A simulated Tablestore that speaks the service's own wire protocol: protobuf messages with PlainBuffer rows, signed
 * both ways. Entry: {@link chatops.cloudsim.tablestore.Tablestore}; over HTTP, {@link chatops.cloudsim.door.TablestoreDoor}.
 */
@NullMarked
package chatops.cloudsim.tablestore;

import org.jspecify.annotations.NullMarked;
