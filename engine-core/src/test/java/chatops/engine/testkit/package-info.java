/** What engine tests are played with: {@link chatops.engine.testkit.World} holds all of it. */
@NullMarked
package chatops.engine.testkit;

import org.jspecify.annotations.NullMarked;
