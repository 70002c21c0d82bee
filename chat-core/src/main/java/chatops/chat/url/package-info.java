/** The guard on URLs that a template or a message supplies. */
@NullMarked
package chatops.chat.url;

import org.jspecify.annotations.NullMarked;
