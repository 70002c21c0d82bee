/** DingTalk's robot callback: signature, message, acknowledgements. */
@NullMarked
package chatops.front.dingtalk;

import org.jspecify.annotations.NullMarked;
