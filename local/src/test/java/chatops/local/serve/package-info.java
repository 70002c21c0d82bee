@NullMarked
package chatops.local.serve;

import org.jspecify.annotations.NullMarked;
