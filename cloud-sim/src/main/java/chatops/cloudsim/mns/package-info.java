/**
 * Simple Message Queue (MNS) as far as notifications need it: topics that push to functions and web addresses. Entry: {@link
 * chatops.cloudsim.mns.MessageService}.
 */
@NullMarked
package chatops.cloudsim.mns;

import org.jspecify.annotations.NullMarked;
