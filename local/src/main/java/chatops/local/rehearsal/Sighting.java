package chatops.local.rehearsal;

import chatops.engine.expression.Scope;
import chatops.engine.template.Task;

/**
 * A task seen while it asks for something.
 *
 * @param path task names from the outermost template on, joined by {@code /}
 * @param scope what its references see
 */
record Sighting(String path, Task task, Scope scope) {}
