/** When timers fire: {@link chatops.engine.schedule.Schedule}; knows nothing of executions. */
@NullMarked
package chatops.engine.schedule;

import org.jspecify.annotations.NullMarked;
