/** The atomic actions; {@link chatops.engine.action.builtin.BuiltinActions} lists them. */
@NullMarked
package chatops.engine.action.builtin;

import org.jspecify.annotations.NullMarked;
