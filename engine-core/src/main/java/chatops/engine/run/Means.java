package chatops.engine.run;

import chatops.engine.action.Actions;
import chatops.engine.effect.EffectCatalog;

/** What every part of a worker works with. */
record Means(
    Ports ports, Settings settings, Library library, Actions actions, EffectCatalog effects) {}
