@NullMarked
package chatops.engine.schedule;

import org.jspecify.annotations.NullMarked;
