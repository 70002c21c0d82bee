/**
 * The command line's way into a running host: {@link chatops.local.desk.Desk} is the host's end,
 * {@link chatops.local.desk.DeskClient} the command's.
 */
@NullMarked
package chatops.local.desk;

import org.jspecify.annotations.NullMarked;
