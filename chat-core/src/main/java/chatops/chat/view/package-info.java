/** What pages show, as Execution tells it to Front: {@link chatops.chat.view.ViewJson}. Secrets are masked before they get here. */
@NullMarked
package chatops.chat.view;

import org.jspecify.annotations.NullMarked;
