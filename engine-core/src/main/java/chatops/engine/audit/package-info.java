/** What an execution's audit trail says and how it is checked: {@link chatops.engine.audit.Changes}, {@link chatops.engine.audit.Verification}. */
@NullMarked
package chatops.engine.audit;

import org.jspecify.annotations.NullMarked;
