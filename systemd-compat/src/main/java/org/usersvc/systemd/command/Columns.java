package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table of text whose columns are as wide as their widest cell. */
final class Columns {
  private final List<String[]> rows = new ArrayList<>();
  private final List<String> marks = new ArrayList<>();
  private final boolean hasMarks;

  /**
   * A table with a row of titles.
   *
   * @param hasMarks whether each row begins with a mark, two characters wide
   */
  Columns(boolean hasMarks, String... titles) {
    this.hasMarks = hasMarks;
    add(" ", titles);
  }

  void add(String mark, String... cells) {
    marks.add(mark);
    rows.add(cells);
  }

  /** How many rows there are besides the titles. */
  int size() {
    return rows.size() - 1;
  }

  /**
   * Prints all rows.
   *
   * @param titled whether the titles are printed, and are as wide as others
   */
  void show(Asking asking, boolean titled) {
    int first = titled ? 0 : 1;
    int[] widths = new int[rows.getFirst().length];
    for (var row : rows.subList(first, rows.size())) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
      }
    }
    for (int i = first; i < rows.size(); i++) {
      asking.out((hasMarks ? marks.get(i) + " " : "") + line(rows.get(i), widths));
    }
  }

  /**
   * Prints all rows as one JSON array of objects, with the titles as names of members. A cell that
   * is {@code -} is null.
   */
  void showJson(Asking asking) {
    var names = rows.getFirst();
    var objects = new ArrayList<String>();
    for (var row : rows.subList(1, rows.size())) {
      var members = new ArrayList<String>();
      for (int i = 0; i < row.length; i++) {
        String name = names[i].toLowerCase(Locale.ROOT).replace(' ', '_');
        members.add(quoted(name) + ":" + (row[i].equals("-") ? "null" : quoted(row[i])));
      }
      objects.add("{" + String.join(",", members) + "}");
    }
    asking.out("[" + String.join(",", objects) + "]");
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String line(String[] row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(row[i]);
      if (i + 1 < row.length) {
        int missing = widths[i] - row[i].codePointCount(0, row[i].length()) + 1;
        var spaces = new char[missing];
        Arrays.fill(spaces, ' ');
        line.append(spaces);
      }
    }
    return line.toString().stripTrailing();
  }
}
