/** Identities everyone may use; depends on nothing. */
@NullMarked
package chatops.engine.id;

import org.jspecify.annotations.NullMarked;
