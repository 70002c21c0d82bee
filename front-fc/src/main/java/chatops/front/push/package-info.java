/** Messages that MNS topics push over HTTP: {@link chatops.front.push.PushDoor} is the entry. */
@NullMarked
package chatops.front.push;

import org.jspecify.annotations.NullMarked;
