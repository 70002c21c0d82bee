/** One run of a template: its state and the events that change it. */
@NullMarked
package chatops.engine.execution;

import org.jspecify.annotations.NullMarked;
