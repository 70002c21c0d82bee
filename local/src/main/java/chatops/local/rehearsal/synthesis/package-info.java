/**
 * Values made up for what templates read: {@link chatops.local.rehearsal.synthesis.ParameterSynthesis} for parameters,
 * {@link chatops.local.rehearsal.synthesis.ReplySynthesis} for answers of APIs.
 */
@NullMarked
package chatops.local.rehearsal.synthesis;

import org.jspecify.annotations.NullMarked;
