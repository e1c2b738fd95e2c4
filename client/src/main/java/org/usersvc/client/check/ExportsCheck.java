package org.usersvc.client.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the content of {@code exports}, whose lines are those of environment.d(5). */
final class ExportsCheck {
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\s*=.*");

  private ExportsCheck() {}

  static List<Finding> of(String text, byte[] content) {
    List<Finding> found = new ArrayList<>(FileCheck.carriageReturns(content));
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean continues = i > 0 && lines[i - 1].endsWith("\\");
      if (!continues) {
        line(i + 1, lines[i].strip(), found);
      }
    }
    return found;
  }

  private static void line(int number, String line, List<Finding> found) {
    if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
      return;
    }
    if (line.startsWith("export ")) {
      found.add(
          Finding.error(number, "'" + line + "' is a line of a shell; leave the word export out"));
    } else if (!ASSIGNMENT.matcher(line).matches()) {
      found.add(Finding.error(number, "'" + line + "' has to be NAME=VALUE"));
    } else if (line.endsWith("=")) {
      found.add(Finding.error(number, "'" + line + "' has no value, and is ignored"));
    }
  }
}
