/**
 * What it costs to acknowledge a command: {@link chatops.benchmarks.acknowledge.ColdAcknowledge},
 * {@link chatops.benchmarks.acknowledge.WarmAcknowledge} and {@link chatops.benchmarks.acknowledge.ResidentMemory}, each of
 * them beside peers that do the same in one run.
 */
@NullMarked
package chatops.benchmarks.acknowledge;

import org.jspecify.annotations.NullMarked;
