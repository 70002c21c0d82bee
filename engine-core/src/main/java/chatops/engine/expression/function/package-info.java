/** The {@code Fn::} functions; {@link chatops.engine.expression.function.Functions} is the list of them. */
@NullMarked
package chatops.engine.expression.function;

import org.jspecify.annotations.NullMarked;
