package org.usersvc.daemon.servicedir;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the lines of {@code watch}, a path each; a line that begins with {@code #} is a comment. An
 * invalid line is reported and left out.
 */
final class WatchFile {
  private static final int MOST_PATHS = 64;
  private static final int MOST_LENGTH = 4096;
  private static final String EXPECTED = "a path: absolute, ~/PATH, or in this directory";

  private final List<String> paths = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  WatchFile(String text) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String path = line.strip();
      if (!path.isEmpty() && !path.startsWith("#")) {
        take(number, path);
      }
    }
  }

  private void take(int number, String path) {
    if (path.startsWith("$") || path.length() >= MOST_LENGTH || path.indexOf('\0') >= 0) {
      complain(new SettingLine(number, path).complaint("watch", EXPECTED));
    } else if (paths.size() == MOST_PATHS) {
      complain(
          "line %d of watch is one path too many: %d are watched; watch their directory"
              .formatted(number, MOST_PATHS));
    } else {
      paths.add(path);
    }
  }

  private void complain(String text) {
    if (complaints.size() < SettingLine.MOST_COMPLAINTS) {
      complaints.add(text);
    }
  }

  List<String> paths() {
    return paths;
  }

  List<String> complaints() {
    return complaints;
  }
}
