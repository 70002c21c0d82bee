/** A small JSON reader and writer for the cold path. */
@NullMarked
package chatops.chat.json;

import org.jspecify.annotations.NullMarked;
