/** OSS: buckets and their objects, in memory. Entry: {@link chatops.cloudsim.oss.Oss}. */
@NullMarked
package chatops.cloudsim.oss;

import org.jspecify.annotations.NullMarked;
