/** Audit trails for readers outside: {@link chatops.local.audit.AuditExport}. */
@NullMarked
package chatops.local.audit;

import org.jspecify.annotations.NullMarked;
