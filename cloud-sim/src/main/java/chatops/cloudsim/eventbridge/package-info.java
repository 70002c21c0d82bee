/** EventBridge's default bus as far as functions are its targets: {@link chatops.cloudsim.eventbridge.EventBus}. */
@NullMarked
package chatops.cloudsim.eventbridge;

import org.jspecify.annotations.NullMarked;
