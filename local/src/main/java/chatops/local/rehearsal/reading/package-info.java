/**
 * What templates read of values nobody gave them: parameters without a default and answers of APIs. {@link
 * chatops.local.rehearsal.reading.TemplateReading} is the entry, {@link chatops.local.rehearsal.reading.Form} its result.
 */
@NullMarked
package chatops.local.rehearsal.reading;

import org.jspecify.annotations.NullMarked;
