/** The effect catalogue, entry by entry. */
@NullMarked
package chatops.engine.effect;

import org.jspecify.annotations.NullMarked;
