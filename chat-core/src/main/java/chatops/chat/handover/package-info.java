/** The messages Front hands over to Execution, and their JSON form. */
@NullMarked
package chatops.chat.handover;

import org.jspecify.annotations.NullMarked;
