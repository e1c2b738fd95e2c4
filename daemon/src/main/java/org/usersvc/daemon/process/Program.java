package org.usersvc.daemon.process;

import java.util.ArrayList;
import java.util.List;

/**
 * A program to execute. Immutable.
 *
 * @param file its path; a relative one begins at the working directory
 * @param arguments all its arguments, argv[0] first; never empty
 */
public record Program(String file, List<String> arguments) {
  public Program {
    arguments = List.copyOf(arguments);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException(file + " without argv[0]");
    }
  }

  /** A program whose argv[0] is its path. */
  public static Program of(String file, List<String> arguments) {
    var all = new ArrayList<String>(arguments.size() + 1);
    all.add(file);
    all.addAll(arguments);
    return new Program(file, all);
  }
}
