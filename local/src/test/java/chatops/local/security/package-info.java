/** What strangers may try, through all modules together. */
@NullMarked
package chatops.local.security;

import org.jspecify.annotations.NullMarked;
