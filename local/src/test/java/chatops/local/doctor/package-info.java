@NullMarked
package chatops.local.doctor;

import org.jspecify.annotations.NullMarked;
