package chatops.engine.effect;

import java.util.List;
import java.util.Locale;

/**
 * Which API calls are of high risk: those whose name begins with one of the verbs, unless the task says otherwise by its property
 * {@code Risk} (specification 13.5). Immutable.
 */
public record Risk(List<String> verbs) {
  /** What the vendor names, and Release. */
  public static final List<String> VERBS =
      List.of("Delete", "Remove", "Terminate", "Drop", "Release");

  public Risk {
    verbs = List.copyOf(verbs);
  }

  /** @param said the task's property Risk; empty when it has none */
  public boolean isHigh(String api, String said) {
    String word = said.strip().toLowerCase(Locale.ROOT);
    if (word.equals("high") || word.equals("normal")) {
      return word.equals("high");
    }
    return verbs.stream().anyMatch(verb -> api.regionMatches(true, 0, verb, 0, verb.length()));
  }
}
