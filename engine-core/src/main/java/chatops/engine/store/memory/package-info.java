/** The store that lives in memory, for tests and rehearsal. */
@NullMarked
package chatops.engine.store.memory;

import org.jspecify.annotations.NullMarked;
