/** The client that carries a message to a function: FC 3 with JDK classes only. */
@NullMarked
package chatops.chat.fc;

import org.jspecify.annotations.NullMarked;
