/** Every sentence people read, in English, Chinese and Japanese. */
@NullMarked
package chatops.chat.text;

import org.jspecify.annotations.NullMarked;
