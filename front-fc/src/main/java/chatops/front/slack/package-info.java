/** Slack: signature, forms, clicks, acknowledgements. */
@NullMarked
package chatops.front.slack;

import org.jspecify.annotations.NullMarked;
