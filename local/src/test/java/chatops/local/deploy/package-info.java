/** Checks of {@code s.yaml}: {@link chatops.local.deploy.DeploymentRules} is the list. */
@NullMarked
package chatops.local.deploy;

import org.jspecify.annotations.NullMarked;
