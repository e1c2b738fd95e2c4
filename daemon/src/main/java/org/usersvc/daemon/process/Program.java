package org.usersvc.daemon.process;

import java.util.ArrayList;
import java.util.List;

/**
 * What is executed. Immutable.
 *
 * @param file its path; a relative one begins at the working directory
 * @param arguments all that it is given, argv[0] first; never empty
 */
public record Program(String file, List<String> arguments) {
  public Program {
    arguments = List.copyOf(arguments);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException(file + " without argv[0]");
    }
  }

  /** One that is called by its path. */
  public static Program of(String file, List<String> arguments) {
    var all = new ArrayList<String>(arguments.size() + 1);
    all.add(file);
    all.addAll(arguments);
    return new Program(file, all);
  }
}
