/** The durable OOS engine; {@link chatops.engine.Engine} is the main path. */
@NullMarked
package chatops.engine;

import org.jspecify.annotations.NullMarked;
