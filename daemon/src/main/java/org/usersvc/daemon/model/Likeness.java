package org.usersvc.daemon.model;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Which known word a user may have meant by an unknown one. Pure. */
public final class Likeness {
  private static final int MOST = 2;
  private static final int SHORT = 3;
  private static final int LONGEST = 64;

  private Likeness() {}

  /** The word that is most like it, the first of several; null if none is like it. */
  public static @Nullable String nearest(String word, Collection<String> known) {
    String best = null;
    int least = (word.length() <= SHORT ? 1 : MOST) + 1;
    for (String each : known) {
      boolean near = Math.abs(each.length() - word.length()) < least && each.length() <= LONGEST;
      int distance = near ? distance(word, each) : least;
      if (distance < least && distance < word.length()) {
        best = each;
        least = distance;
      }
    }
    return best;
  }

  /** {@code (did you mean good?)}, empty if no word is like it. */
  public static String hint(String word, Collection<String> known) {
    String near = nearest(word, known);
    return near == null ? "" : " (did you mean " + NativeText.printable(near) + "?)";
  }

  /** How many letters are to be added, removed, replaced or swapped with the next one. */
  static int distance(String one, String other) {
    int[][] rows = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : cell(rows, one, other, i, j);
      }
    }
    return rows[one.length()][other.length()];
  }

  private static int cell(int[][] rows, String one, String other, int i, int j) {
    int replaced = rows[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
  }
}
