/** What templates ask for, made into forms; {@link chatops.execution.form.FormCompiler} is the entry. */
@NullMarked
package chatops.execution.form;

import org.jspecify.annotations.NullMarked;
