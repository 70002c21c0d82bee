@NullMarked
package chatops.local.pack;

import org.jspecify.annotations.NullMarked;
