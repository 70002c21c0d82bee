/**
 * Lifecycle hooks of Auto Scaling: {@link chatops.execution.scaling.LifecycleMessages} reads what reached us, {@link
 * chatops.execution.scaling.Hooks} starts what chatops.yaml says, {@link chatops.execution.scaling.ActivityCards} shows it.
 */
@NullMarked
package chatops.execution.scaling;

import org.jspecify.annotations.NullMarked;
