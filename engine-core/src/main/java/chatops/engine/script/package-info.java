/** Scripts for Cloud Assistant whose values are data. Entry: {@link chatops.engine.script.SafeScript}. */
@NullMarked
package chatops.engine.script;

import org.jspecify.annotations.NullMarked;
