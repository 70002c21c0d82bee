/** Where templates and cloud product actions come from. */
@NullMarked
package chatops.engine.catalog;

import org.jspecify.annotations.NullMarked;
