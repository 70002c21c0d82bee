/**
 * Runs a fc-java-core handler on FC's custom runtime, and on a laptop: {@link chatops.runtime.FunctionServer} listens,
 * {@link chatops.runtime.Bootstrap} is the program. Knows fc-java-core and the JDK, nothing of what the handler does.
 */
@NullMarked
package chatops.runtime;

import org.jspecify.annotations.NullMarked;
