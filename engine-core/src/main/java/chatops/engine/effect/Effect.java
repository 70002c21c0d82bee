package chatops.engine.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One API's place in the catalogue.
 *
 * @param source where the fact comes from
 * @param query for people: a read that shows whether the call happened; empty when there is none
 * @param isListed whether the catalogue names it; otherwise its class follows from its name
 * @param alreadySo error codes that mean, on a repetition, that an earlier try did it
 * @param reading how the resource itself tells what became of the call; null when it does not
 */
public record Effect(
    String api,
    EffectClass effectClass,
    String source,
    String query,
    boolean isListed,
    List<String> alreadySo,
    @Nullable Reading reading) {
  public Effect {
    alreadySo = List.copyOf(alreadySo);
  }

  /** Whether a repetition may be refused by a code that means nothing good on a first try, and that no look explains. */
  public boolean isRefusedAgain() {
    return reading == null ? !alreadySo.isEmpty() : !reading.codes().containsAll(alreadySo);
  }
}
