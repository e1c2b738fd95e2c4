package org.usersvc.daemon.servicedir;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * The content of {@code needs-env}: of each line at least one variable must be set and not empty.
 *
 * @param lines the names of each line
 */
public record NeededEnvironment(List<List<String>> lines) {
  public static final NeededEnvironment NOTHING = new NeededEnvironment(List.of());

  /** Parses the text of the file: names are separated by blanks, {@code #} begins a comment. */
  static NeededEnvironment parse(String text) {
    var lines = new ArrayList<List<String>>();
    for (String line : text.lines().toList()) {
      int comment = line.indexOf('#');
      String names = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!names.isEmpty()) {
        lines.add(List.of(names.split("\\s+", -1)));
      }
    }
    return lines.isEmpty() ? NOTHING : new NeededEnvironment(List.copyOf(lines));
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** All names, each once. */
  public Set<String> names() {
    var names = new TreeSet<String>();
    lines.forEach(names::addAll);
    return names;
  }

  /** The lines that no variable satisfies, as {@code A or B}; empty if none is missing. */
  public List<String> missingIn(Environment environment) {
    return missing(environment).map(NeededEnvironment::text).toList();
  }

  /** Those of the missing lines that nobody can satisfy: they have no name of a variable. */
  public List<String> hopelessIn(Environment environment) {
    return missing(environment)
        .filter(line -> line.stream().noneMatch(Environment::isName))
        .map(NeededEnvironment::text)
        .toList();
  }

  private Stream<List<String>> missing(Environment environment) {
    return lines.stream().filter(line -> line.stream().noneMatch(environment::has));
  }

  private static String text(List<String> line) {
    return NativeText.printable(String.join(" or ", line));
  }
}
