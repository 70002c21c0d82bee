/** What the chats remember across a restart of the simulator: the real ones live elsewhere and forget nothing when our process dies. */
@NullMarked
package chatops.cloudsim.journal;

import org.jspecify.annotations.NullMarked;
