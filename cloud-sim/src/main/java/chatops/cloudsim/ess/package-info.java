/**
 * Auto Scaling (ESS 2014-08-28): groups, rules, activities and lifecycle hooks on the simulated fleet. Entry: {@link
 * chatops.cloudsim.ess.AutoScaling}.
 */
@NullMarked
package chatops.cloudsim.ess;

import org.jspecify.annotations.NullMarked;
