/**
 * Which FC client a function uses: {@link chatops.fc2.FunctionClients} chooses, {@link chatops.fc2.Fc2FunctionClient} is
 * the one for services of FC 2. Nothing of the SDK is loaded for FC 3.
 */
@NullMarked
package chatops.fc2;

import org.jspecify.annotations.NullMarked;
