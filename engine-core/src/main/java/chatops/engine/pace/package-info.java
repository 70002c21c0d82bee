/** How fast the cloud's APIs are called; {@link chatops.engine.pace.Paces} holds the pace of each. */
@NullMarked
package chatops.engine.pace;

import org.jspecify.annotations.NullMarked;
