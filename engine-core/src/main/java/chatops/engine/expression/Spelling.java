package chatops.engine.expression;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word nearest to a misspelt one. */
public final class Spelling {
  private Spelling() {}

  /** {@code known} in declared spelling, matched exactly first, then in any letter case. */
  public static Optional<String> find(Collection<String> known, String word) {
    if (known.contains(word)) {
      return Optional.of(word);
    }
    return known.stream().filter(word::equalsIgnoreCase).findFirst();
  }

  /** {@code did you mean 'x'?}, or a list of what there is, or {@code otherwise} when there is nothing. */
  public static String suggest(String word, Collection<String> known, String otherwise) {
    String best = "";
    int least = Math.max(2, word.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    if (!best.isEmpty()) {
      return "did you mean '" + best + "'?";
    }
    return known.isEmpty() || known.size() > 20 ? otherwise : "known: " + String.join(", ", known);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
