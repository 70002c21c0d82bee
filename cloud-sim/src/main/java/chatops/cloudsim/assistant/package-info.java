/**
 * Cloud Assistant of ECS: commands, their runs on instances, files sent to them, and the agents that carry it out. Entry: {@link
 * chatops.cloudsim.assistant.CloudAssistant}.
 */
@NullMarked
package chatops.cloudsim.assistant;

import org.jspecify.annotations.NullMarked;
