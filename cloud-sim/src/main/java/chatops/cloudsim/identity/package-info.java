/** Accounts, roles, sessions and what they may do. Entry: {@link chatops.cloudsim.identity.Identities}. */
@NullMarked
package chatops.cloudsim.identity;

import org.jspecify.annotations.NullMarked;
