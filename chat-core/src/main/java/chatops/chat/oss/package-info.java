/** One object in OSS, read with the function's own keys: {@link chatops.chat.oss.OssObject}. */
@NullMarked
package chatops.chat.oss;

import org.jspecify.annotations.NullMarked;
