package org.usersvc.systemd.load;

import java.util.ArrayDeque;

/** Paths as text; they are native text, which {@code java.nio} cannot always express. */
public final class AbsolutePath {
  private AbsolutePath() {}

  /** The path without empty steps, {@code .} and {@code ..}; links are not looked at. */
  public static String normal(String path) {
    var steps = new ArrayDeque<String>();
    for (String step : path.split("/", -1)) {
      if (step.equals("..")) {
        steps.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    return "/" + String.join("/", steps);
  }

  /** Where a link leads. */
  public static String ofLink(String directory, String target) {
    return normal(target.startsWith("/") ? target : directory + "/" + target);
  }

  /** The directory that a file is in. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** The last step. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
