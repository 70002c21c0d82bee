/** The chat page: a Slack channel and a DingTalk group in the browser, over the simulated platforms. */
@NullMarked
package chatops.local.page;

import org.jspecify.annotations.NullMarked;
