package org.usersvc.daemon.environment;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/**
 * The directory of our names of systemd's programs, which comes behind all others of PATH where the
 * launcher has put it there. A PATH that a session or a file brings does not have it. Immutable.
 */
public final class OwnPrograms {
  /** Nothing is added. */
  public static final OwnPrograms NONE = new OwnPrograms(null);

  private final @Nullable String end;

  private OwnPrograms(@Nullable String end) {
    this.end = end;
  }

  /**
   * None if the PATH that the daemon was started with does not end with that directory.
   *
   * @param directory an absolute path
   */
  public static OwnPrograms of(Environment inherited, String directory) {
    var path = inherited.value("PATH");
    return path != null && path.endsWith(":" + directory) ? new OwnPrograms(":" + directory) : NONE;
  }

  /** The same with the directory in PATH; one without a PATH stays as it is. */
  public Environment in(Environment environment) {
    var path = environment.value("PATH");
    if (end == null || path == null || has(path, end.substring(1))) {
      return environment;
    }
    return environment.with(Map.of("PATH", path + end));
  }

  private static boolean has(String path, String directory) {
    return Arrays.asList(path.split(":", -1)).contains(directory);
  }
}
