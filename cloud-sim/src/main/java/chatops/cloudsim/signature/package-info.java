/** Proves who sent a request, by the signatures of the OpenAPI gateway and of Function Compute. */
@NullMarked
package chatops.cloudsim.signature;

import org.jspecify.annotations.NullMarked;
