package chatops.chat.command;

import java.util.Locale;

/** The known word a mistyped one was probably meant to be. */
public final class Nearest {
  private Nearest() {}

  /** The nearest of {@code known} within a third of its length, else empty. Swapped neighbours count as one slip. */
  public static String to(String word, Iterable<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    String best = "";
    int fewest = Integer.MAX_VALUE;
    for (String candidate : known) {
      int slips = slips(lower, candidate.toLowerCase(Locale.ROOT));
      boolean near = slips <= Math.max(1, candidate.length() / 3) && slips < candidate.length();
      if (near && slips < fewest) {
        best = candidate;
        fewest = slips;
      }
    }
    return best;
  }

  private static int slips(String a, String b) {
    if (a.length() > 64 || b.length() > 64) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(cost[i - 1][j] + 1, Math.min(cost[i][j - 1] + 1, cost[i - 1][j - 1] + same));
        boolean swapped = i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
