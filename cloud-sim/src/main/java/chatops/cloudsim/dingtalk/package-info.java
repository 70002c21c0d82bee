/** DingTalk as seen by a robot: groups, custom robots, session web hooks, and the side that sends messages. Entry: {@link chatops.cloudsim.dingtalk.DingTalk}. */
@NullMarked
package chatops.cloudsim.dingtalk;

import org.jspecify.annotations.NullMarked;
