/** The service ECS: instances with a state machine on the clock. Entry: {@link chatops.cloudsim.ecs.Ecs}. */
@NullMarked
package chatops.cloudsim.ecs;

import org.jspecify.annotations.NullMarked;
