/** How an execution moves: {@link chatops.engine.run.Worker} takes one from its row to a wait or the end. */
@NullMarked
package chatops.engine.run;

import org.jspecify.annotations.NullMarked;
