/** Rehearsals of templates nobody here wrote. */
@NullMarked
package chatops.local.rehearsal;

import org.jspecify.annotations.NullMarked;
