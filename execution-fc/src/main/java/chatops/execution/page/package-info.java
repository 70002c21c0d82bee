/** Answers to pages: {@link chatops.execution.page.Timelines} shows one execution, {@link chatops.execution.page.ExecutionLists} lists them. */
@NullMarked
package chatops.execution.page;

import org.jspecify.annotations.NullMarked;
