/** The command language of the chat: what a person typed, as a value. */
@NullMarked
package chatops.chat.command;

import org.jspecify.annotations.NullMarked;
