/**
 * What executions share through rows of the store: {@link chatops.engine.share.Freezes}, {@link chatops.engine.share.Queues},
 * {@link chatops.engine.share.Locks}.
 */
@NullMarked
package chatops.engine.share;

import org.jspecify.annotations.NullMarked;
