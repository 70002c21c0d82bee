/** What keeps the store's rows unreadable to whoever reads the store: {@link chatops.execution.sealed.SealedStore}. */
@NullMarked
package chatops.execution.sealed;

import org.jspecify.annotations.NullMarked;
