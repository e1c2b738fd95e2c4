package org.usersvc.daemon.servicedir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program of a service directory that the daemon executes. Immutable.
 *
 * @param name its path in the service directory: {@code run}, {@code control/t}
 */
public record Script(String name) {
  public static final Script RUN = new Script("run");
  public static final Script FINISH = new Script("finish");
  public static final Script CHECK = new Script("check");
  private static final String CONTROL = "control/";

  /** The script that is run before that letter has its effect. */
  public static Script control(char letter) {
    return new Script(CONTROL + letter);
  }

  /**
   * The script that these arguments of a process name. The kernel puts an interpreter first.
   *
   * @return run, if they name no script
   */
  public static Script among(List<String> arguments) {
    for (String argument : arguments) {
      var found = ofPath(argument);
      if (found != null) {
        return found;
      }
    }
    return RUN;
  }

  private static @Nullable Script ofPath(String path) {
    for (var script : List.of(FINISH, CHECK)) {
      if (script.path().equals(path)) {
        return script;
      }
    }
    boolean control = path.startsWith(CONTROL) && path.length() == CONTROL.length() + 1;
    return control ? new Script(path) : null;
  }

  /** The path by which it is executed in the service directory, as runsv(8) does; its argv[0]. */
  public String path() {
    return name.startsWith(CONTROL) ? name : "./" + name;
  }
}
