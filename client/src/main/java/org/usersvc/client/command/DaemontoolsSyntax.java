package org.usersvc.client.command;

import java.util.List;
import java.util.Map;

/** The command lines of {@code svc}, {@code svok} and {@code svstat}. */
final class DaemontoolsSyntax {
  private static final String LETTERS = "udopchaitkx";

  private DaemontoolsSyntax() {}

  static Command parse(Program program, String[] arguments, Map<String, String> environment)
      throws UsageException {
    int first = program == Program.SVC ? options(arguments) : 0;
    List<String> names = List.of(arguments).subList(first, arguments.length);
    if (program == Program.SVOK && names.size() != 1) {
      throw UsageException.verbatim("svok: usage: svok dir");
    }
    List<Request.Detail> details =
        program == Program.SVC
            ? List.of(new Request.Text("letters", letters(arguments, first)))
            : List.of();
    if (names.isEmpty()) {
      return new PrintText("");
    }
    var services = new Request.Services(ServicePath.likeDaemontools(names));
    var request = new Request(program.word(), services, details, false);
    return new Ask(program, names, request, InstanceName.of(environment), false);
  }

  /** The number of arguments before the first DIR. */
  private static int options(String[] arguments) {
    int i = 0;
    while (i < arguments.length && arguments[i].length() > 1 && arguments[i].charAt(0) == '-') {
      if (arguments[i++].equals("--")) {
        return i;
      }
    }
    return i;
  }

  /** The letters of the options in the order given, each once. */
  private static String letters(String[] arguments, int count) throws UsageException {
    var letters = new StringBuilder(LETTERS.length());
    for (int i = 0; i < count && !arguments[i].equals("--"); i++) {
      for (int k = 1; k < arguments[i].length(); k++) {
        char letter = arguments[i].charAt(k);
        if (LETTERS.indexOf(letter) < 0) {
          throw illegal(letter);
        }
        if (letters.indexOf(String.valueOf(letter)) < 0) {
          letters.append(letter);
        }
      }
    }
    return letters.toString();
  }

  private static UsageException illegal(char letter) {
    return UsageException.verbatim(
        "svc: illegal option -- "
            + letter
            + "\nsvc options: u up, d down, o once, x exit, p pause, c continue, h hup, a alarm,"
            + " i interrupt, t term, k kill");
  }
}
