/** Both functions as one long-lived service on any machine, with real keys and the embedded store. Start at {@link chatops.local.serve.Service}. */
@NullMarked
package chatops.local.serve;

import org.jspecify.annotations.NullMarked;
