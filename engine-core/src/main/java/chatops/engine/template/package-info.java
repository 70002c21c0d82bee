/** The immutable model of an OOS template and the parser that makes it. */
@NullMarked
package chatops.engine.template;

import org.jspecify.annotations.NullMarked;
