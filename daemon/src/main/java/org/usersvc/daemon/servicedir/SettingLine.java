package org.usersvc.daemon.servicedir;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.model.NativeText;

/**
 * A line of a file with settings that says something.
 *
 * @param number from 1
 * @param words without blanks around them
 */
record SettingLine(int number, String words) {
  /** A foreign file of that name is reported in a few lines. */
  static final int MOST_COMPLAINTS = 3;

  private static final int MOST_SHOWN = 60;

  /** The lines of a text in which {@code #} begins a comment. */
  static List<SettingLine> all(String text) {
    var lines = new ArrayList<SettingLine>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      int comment = line.indexOf('#');
      String words = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!words.isEmpty()) {
        lines.add(new SettingLine(number, words));
      }
    }
    return lines;
  }

  /** What is wrong with it. */
  String complaint(String file, String remedy) {
    String shown = words.substring(0, Math.min(words.length(), MOST_SHOWN));
    return "line %d of %s says '%s' and has to be %s"
        .formatted(number, file, NativeText.printable(shown), remedy);
  }
}
