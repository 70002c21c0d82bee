/** The port to the cloud: one OpenAPI call, made under a role session. */
@NullMarked
package chatops.engine.cloud;

import org.jspecify.annotations.NullMarked;
