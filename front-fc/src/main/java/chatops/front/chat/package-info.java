/** The way of a chat message through Front, the same for every platform: {@link chatops.front.chat.ChatDoor}. */
@NullMarked
package chatops.front.chat;

import org.jspecify.annotations.NullMarked;
