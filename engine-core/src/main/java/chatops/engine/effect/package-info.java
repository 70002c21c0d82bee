/** What a crash between a call and its commit means, per API: {@link chatops.engine.effect.EffectCatalog}. */
@NullMarked
package chatops.engine.effect;

import org.jspecify.annotations.NullMarked;
