/** Who may do what: deny by default, by immutable ids. */
@NullMarked
package chatops.chat.rights;

import org.jspecify.annotations.NullMarked;
