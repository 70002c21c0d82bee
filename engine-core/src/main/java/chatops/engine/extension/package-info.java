/**
 * Custom extensions: packages of software in the format {@code CHATOPS-PACKAGE-1}, their versions, and what of them is on which instance. Entry:
 * {@link chatops.engine.extension.Extensions}.
 */
@NullMarked
package chatops.engine.extension;

import org.jspecify.annotations.NullMarked;
