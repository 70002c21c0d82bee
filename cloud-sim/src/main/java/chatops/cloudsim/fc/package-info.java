/** Function Compute: functions, synchronous and queued invocations, timers. Entry: {@link chatops.cloudsim.fc.FunctionCompute}. */
@NullMarked
package chatops.cloudsim.fc;

import org.jspecify.annotations.NullMarked;
