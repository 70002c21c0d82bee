/** jq programs as trees, to learn what they read; running them is the engine's business. */
@NullMarked
package chatops.local.rehearsal.jq;

import org.jspecify.annotations.NullMarked;
