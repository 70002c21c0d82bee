/** The sentences of the command line, the demo and the chat page, in English, Chinese and Japanese. */
@NullMarked
package chatops.local.text;

import org.jspecify.annotations.NullMarked;
