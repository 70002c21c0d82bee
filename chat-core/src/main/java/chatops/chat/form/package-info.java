/**
 * What a template asks for, as a form asks for it: {@link chatops.chat.form.TemplateForms} is the file Front reads, lazily; {@link
 * chatops.chat.form.FormCheck} says what is wrong with values. Nothing here is loaded on the way of a plain command.
 */
@NullMarked
package chatops.chat.form;

import org.jspecify.annotations.NullMarked;
