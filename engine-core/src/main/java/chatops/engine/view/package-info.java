/** What people may see of an execution: {@link chatops.engine.view.Views}; secrets masked. */
@NullMarked
package chatops.engine.view;

import org.jspecify.annotations.NullMarked;
