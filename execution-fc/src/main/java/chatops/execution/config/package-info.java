/** {@code chatops.yaml}; {@link chatops.execution.config.ConfigurationFile} is the entry. */
@NullMarked
package chatops.execution.config;

import org.jspecify.annotations.NullMarked;
