/** What both functions share; JDK only, because Front pays for every class it loads. */
@NullMarked
package chatops.chat;

import org.jspecify.annotations.NullMarked;
