/** Pages opened by a link in a browser. */
@NullMarked
package chatops.front.page;

import org.jspecify.annotations.NullMarked;
