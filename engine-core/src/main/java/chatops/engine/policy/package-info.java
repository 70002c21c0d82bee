/** What the host's configuration says about executions, by template: {@link chatops.engine.policy.Policies}. */
@NullMarked
package chatops.engine.policy;

import org.jspecify.annotations.NullMarked;
