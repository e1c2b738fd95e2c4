package org.usersvc.daemon.render;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells in columns as wide as their widest cell. */
final class Table {
  private Table() {}

  /** Changes how a cell looks, not how wide it is. */
  interface Brush {
    String paint(int row, int column, String cell);
  }

  /** A line for each row; all rows have as many cells as the first. */
  static List<String> lines(List<String[]> rows) {
    return lines(rows, (row, column, cell) -> cell);
  }

  static List<String> lines(List<String[]> rows, Brush brush) {
    var widths = new int[rows.getFirst().length];
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    var lines = new ArrayList<String>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      lines.add(line(i, rows.get(i), widths, brush));
    }
    return lines;
  }

  private static String line(int number, String[] row, int[] widths, Brush brush) {
    int last = widths.length - 1;
    while (last > 0 && row[last].isBlank()) {
      last--;
    }
    var line = new StringBuilder(100);
    for (int i = 0; i < last; i++) {
      line.append(brush.paint(number, i, row[i])).repeat(' ', widths[i] - row[i].length() + 2);
    }
    return line.append(brush.paint(number, last, row[last].stripTrailing())).toString();
  }
}
