/** The {@code chatops} command line; {@link chatops.local.cli.Chatops} lists the commands. */
@NullMarked
package chatops.local.cli;

import org.jspecify.annotations.NullMarked;
