/** Answers and notices to people, and templates' own web requests; {@link chatops.execution.notify.ChatNotifier} is the entry. */
@NullMarked
package chatops.execution.notify;

import org.jspecify.annotations.NullMarked;
