/** The jq language behind one class, {@link chatops.engine.jq.Jq}; depends on no other package of the engine but its root. */
@NullMarked
package chatops.engine.jq;

import org.jspecify.annotations.NullMarked;
