/** References, functions and selectors: what a template may compute. */
@NullMarked
package chatops.engine.expression;

import org.jspecify.annotations.NullMarked;
