/** One message for every chat, and its rendering to what each platform takes. */
@NullMarked
package chatops.chat.render;

import org.jspecify.annotations.NullMarked;
