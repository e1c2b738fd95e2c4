package org.usersvc.client.top;

import org.jline.utils.WCWidth;
import org.usersvc.client.socket.NativeText;

/** Text in the columns of a terminal. */
final class Columns {
  private Columns() {}

  /** {@code text} made printable, cut or filled with blanks so that it has so many columns. */
  static String fit(String text, int width) {
    String shown = NativeText.printable(text.replace('\t', ' '));
    var cell = new StringBuilder(width);
    int used = 0;
    for (int i = 0; i < shown.length(); ) {
      int point = shown.codePointAt(i);
      int columns = Math.max(0, WCWidth.wcwidth(point));
      if (used + columns > width) {
        break;
      }
      cell.appendCodePoint(point);
      used += columns;
      i += Character.charCount(point);
    }
    return cell.repeat(' ', width - used).toString();
  }
}
