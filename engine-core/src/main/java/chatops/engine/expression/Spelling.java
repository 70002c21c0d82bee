package chatops.engine.expression;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word nearest to a misspelt one. */
public final class Spelling {
  private static final int LONGEST = 100;

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
    boolean isShort = !known.isEmpty() && known.size() <= 20 && word.length() <= LONGEST;
    return meant(word, known, isShort ? "known: " + String.join(", ", known) : otherwise);
  }

  /** {@code did you mean 'x'?}, or {@code otherwise}: where the message lists what there is. */
  public static String meant(String word, Collection<String> known, String otherwise) {
    String best = "";
    if (word.length() > LONGEST) {
      return otherwise;
    }
    int least = Math.max(2, word.length() / 3) + 1;
    for (String candidate :
        known.stream().filter(each -> each.length() <= LONGEST).sorted().toList()) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? otherwise : "did you mean '" + best + "'?";
  }

  /** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
  private static int distance(String a, String b) {
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(rows[i - 1][j - 1] + change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean isSwap = i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1);
        rows[i][j] = isSwap ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
      }
    }
    return rows[a.length()][b.length()];
  }
}
