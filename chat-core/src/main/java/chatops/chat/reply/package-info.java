/** Where an answer goes, sealed while it travels. */
@NullMarked
package chatops.chat.reply;

import org.jspecify.annotations.NullMarked;
