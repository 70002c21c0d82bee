/**
 * Really runs the scripts of Cloud Assistant, each simulated instance in a sandbox of its own made by bubblewrap. Entry: {@link chatops.cloudsim.sandbox.SandboxGuest}.
 */
@NullMarked
package chatops.cloudsim.sandbox;

import org.jspecify.annotations.NullMarked;
