/** What is wrong with a deployment, before and after it, with the fix beside each. Start at {@link chatops.local.doctor.Doctor}. */
@NullMarked
package chatops.local.doctor;

import org.jspecify.annotations.NullMarked;
