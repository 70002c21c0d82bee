/** Pages in Chromium; {@link Chromium} is the entry. */
@NullMarked
package chatops.local.browser;

import org.jspecify.annotations.NullMarked;
