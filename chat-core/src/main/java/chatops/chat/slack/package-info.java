/** Slack's Web API by bot token, for both functions; {@link chatops.chat.slack.SlackClient} is all of it. */
@NullMarked
package chatops.chat.slack;

import org.jspecify.annotations.NullMarked;
