@NullMarked
package chatops.engine.share;

import org.jspecify.annotations.NullMarked;
