package org.usersvc.systemd.made;

import java.util.ArrayList;
import java.util.List;

/** Command lines as a unit file has them. */
final class Commands {
  private Commands() {}

  /** A line for each command: its program, its words from argv[0] on, and what is special. */
  static List<String> lines(String key, Object value) throws UnknownSetter {
    var lines = new ArrayList<String>();
    for (Object each : (List<?>) value) {
      var command = (Object[]) each;
      lines.add(key + "=" + line(key, command));
    }
    return lines;
  }

  private static String line(String key, Object[] command) throws UnknownSetter {
    String program = command[0].toString();
    var words = ((List<?>) command[1]).stream().map(Object::toString).toList();
    if ((!program.startsWith("/") && !isFileName(program)) || words.isEmpty()) {
      throw UnknownSetter.invalid(
          key, program + " is neither an absolute path nor a name, or has no words");
    }
    boolean hasOwnName = !words.getFirst().equals(program);
    String prefixes = prefixes(key, command[2]) + (hasOwnName ? "@" : "");
    var all = new ArrayList<String>(List.of(Written.word(prefixes + program)));
    words.stream().skip(hasOwnName ? 0 : 1).map(Written::word).forEach(all::add);
    return String.join(" ", all);
  }

  private static boolean isFileName(String program) {
    return !program.isEmpty() && program.indexOf('/') < 0 && !program.matches("\\.\\.?");
  }

  private static String prefixes(String key, Object flags) throws UnknownSetter {
    if (flags instanceof Boolean ignoresFailure) {
      return ignoresFailure ? "-" : "";
    }
    var prefixes = new StringBuilder();
    for (Object flag : (List<?>) flags) {
      prefixes.append(
          switch (flag.toString()) {
            case "ignore-failure" -> "-";
            case "no-env-expand" -> ":";
            case "via-shell" -> "|";
            case "privileged", "no-setuid", "ambient" -> ""; // of no meaning for users
            default -> throw UnknownSetter.invalid(key, "no such flag: " + flag);
          });
    }
    return prefixes.toString();
  }
}
