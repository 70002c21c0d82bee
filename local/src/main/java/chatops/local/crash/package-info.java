/**
 * Runs templates with a halt at every place where a process may end, and compares; {@link
 * chatops.local.crash.CrashTest} is the entry.
 */
@NullMarked
package chatops.local.crash;

import org.jspecify.annotations.NullMarked;
