package chatops.engine.run;

import chatops.engine.action.Actions;
import chatops.engine.effect.EffectCatalog;
import chatops.engine.pace.Paces;

/** What every part of a worker works with. */
record Means(
    Ports ports,
    Settings settings,
    Library library,
    Actions actions,
    EffectCatalog effects,
    Kin kin,
    OwnOos oos,
    Admission admission,
    Paces paces) {}
