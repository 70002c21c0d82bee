@NullMarked
package chatops.engine.extension;

import org.jspecify.annotations.NullMarked;
