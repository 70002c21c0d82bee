/** The doors: {@link chatops.front.FrontHandler} verifies, authorises, acknowledges and hands over; it has no store. */
@NullMarked
package chatops.front;

import org.jspecify.annotations.NullMarked;
