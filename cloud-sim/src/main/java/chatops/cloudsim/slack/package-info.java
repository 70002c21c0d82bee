/** Slack as seen by an app: channels, response URLs, Web API, and the side that sends commands and clicks. Entry: {@link chatops.cloudsim.slack.SlackWorkspace}. */
@NullMarked
package chatops.cloudsim.slack;

import org.jspecify.annotations.NullMarked;
