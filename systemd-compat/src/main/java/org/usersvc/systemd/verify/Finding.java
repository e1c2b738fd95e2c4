package org.usersvc.systemd.verify;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.usersvc.systemd.syntax.Problem;
import org.usersvc.systemd.syntax.Severity;

/**
 * One line of the answer of {@code usersvc verify}. Immutable.
 *
 * @param problem where it is, and what it is
 * @param isNote whether it is no mistake: usersvc knows the directive and does nothing about it
 */
record Finding(Problem problem, boolean isNote) {
  /** By files, and in each by lines. */
  static final Comparator<Finding> BY_PLACE =
      Comparator.comparing((Finding finding) -> finding.problem().file())
          .thenComparingInt(finding -> finding.problem().line());

  /** A mistake that makes a unit useless. */
  static Finding error(String file, String text) {
    return new Finding(new Problem(file, 0, Severity.ERROR, text), false);
  }

  /** Something about a file as a whole that is no mistake. */
  static Finding note(String file, String text) {
    return new Finding(new Problem(file, 0, Severity.WARNING, text), true);
  }

  /** What kind of finding it is. */
  String level() {
    return isNote
        ? "note"
        : switch (problem.severity()) {
          case WARNING -> "warning";
          case ERROR -> "error";
        };
  }

  /** The line for people, as compilers write it. */
  String text() {
    String line = problem.line() == 0 ? "" : problem.line() + ":";
    return problem.file() + ":" + line + " " + level() + ": " + problem.text();
  }

  /** The same for programs. */
  SequencedMap<String, Object> fields() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("file", problem.file());
    fields.put("line", problem.line());
    fields.put("level", level());
    fields.put("text", problem.text());
    return fields;
  }
}
