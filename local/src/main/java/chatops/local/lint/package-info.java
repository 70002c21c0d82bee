/** Checks template files for people who write them; {@link chatops.local.lint.Linter} is the entry. */
@NullMarked
package chatops.local.lint;

import org.jspecify.annotations.NullMarked;
