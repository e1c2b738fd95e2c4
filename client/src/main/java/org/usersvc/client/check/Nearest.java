package org.usersvc.client.check;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which known word a mistyped one may stand for. Pure. */
public final class Nearest {
  /** A word of so many letters may have one slip, longer ones two. */
  private static final int SHORT = 5;

  private Nearest() {}

  /** The known word with the fewest slips, fewer than letters; null if there is none near. */
  static @Nullable String of(String word, Collection<String> known) {
    int least = word.length() <= SHORT ? 2 : 3;
    @Nullable String nearest = null;
    for (String each : known) {
      int slips = slips(word.toLowerCase(Locale.ROOT), each.toLowerCase(Locale.ROOT));
      if (slips < least && slips < word.length()) {
        least = slips;
        nearest = each;
      }
    }
    return nearest;
  }

  /** {@code "; did you mean X?"}, or nothing. */
  public static String hint(String word, Collection<String> known) {
    @Nullable String nearest = of(word, known);
    return nearest == null ? "" : "; did you mean " + nearest + "?";
  }

  /** Letters that are missing, added, wrong, or swapped with their neighbour. */
  private static int slips(String one, String other) {
    int[][] table = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : least(table, i, j, one, other);
      }
    }
    return table[one.length()][other.length()];
  }

  private static int least(int[][] table, int i, int j, String one, String other) {
    int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + wrong);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
  }
}
