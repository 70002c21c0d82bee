/** The ports to people and to web hooks. */
@NullMarked
package chatops.engine.notice;

import org.jspecify.annotations.NullMarked;
