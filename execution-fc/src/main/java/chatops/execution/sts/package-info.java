/** Role sessions by STS AssumeRole; {@link chatops.execution.sts.StsCredentials} is the entry. */
@NullMarked
package chatops.execution.sts;

import org.jspecify.annotations.NullMarked;
