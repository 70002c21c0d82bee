/** What tasks do: an {@link chatops.engine.action.Action} takes one turn after the other. */
@NullMarked
package chatops.engine.action;

import org.jspecify.annotations.NullMarked;
