package org.usersvc.daemon.render;

import java.util.List;

/** Rows of cells in columns as wide as their widest cell. */
final class Table {
  private Table() {}

  /** A line for each row; all rows have as many cells as the first. */
  static List<String> lines(List<String[]> rows) {
    var widths = new int[rows.getFirst().length];
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(String[] row, int[] widths) {
    int last = widths.length - 1;
    var line = new StringBuilder(100);
    for (int i = 0; i < last; i++) {
      line.append(row[i]).repeat(' ', widths[i] - row[i].length() + 2);
    }
    return line.append(row[last]).toString().stripTrailing();
  }
}
