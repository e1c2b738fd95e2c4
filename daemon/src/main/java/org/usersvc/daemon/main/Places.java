package org.usersvc.daemon.main;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Logins;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.runtime.RuntimeDirectory;

/**
 * The directories of the daemon.
 *
 * @param scanDirectory absolute path of the service directories
 * @param runtime the daemon's own directory
 * @param state absolute path of the directory for files that outlast the runtime directory; may not
 *     exist yet, and is the same for all instances
 * @param logs absolute path of the directory of the built-in logger; may not exist yet
 * @param logins the directory with the user's logins
 */
record Places(
    String scanDirectory,
    RuntimeDirectory runtime,
    String state,
    String logs,
    Logins.Place logins) {
  private static final List<String> USUAL =
      List.of(".local/service", ".service", "service", ".config/service");
  private static final String RUNTIME = "XDG_RUNTIME_DIR";
  private static final int PRIVATE = 0700;
  private static final int ROOT = 0;

  /** The directory that holds {@link #runtime} and much else of the user. */
  String base() {
    return runtime.base();
  }

  /** Where the services with a schedule remember their past; beside the logs. */
  String schedules() {
    return logs.substring(0, logs.lastIndexOf('/')) + "/schedule";
  }

  /** The environment with XDG_RUNTIME_DIR added if it was not set. */
  Environment complete(Environment given) {
    return value(given, RUNTIME) == null ? given.with(Map.of(RUNTIME, base())) : given;
  }

  static Places find(Settings settings, Environment environment, FileSystem files, int uid)
      throws Fatal, FileFault {
    String base = runtimeBase(environment, files, uid);
    String state = state(environment, base);
    return new Places(
        scanDirectory(settings, environment, files, uid),
        RuntimeDirectory.make(files, base + "/" + settings.runtimeName()),
        state + "/usersvc",
        state + "/" + settings.runtimeName() + "/log",
        logins(environment, uid));
  }

  /** Root enters logins; in a directory other than the usual one the user may, too. */
  private static Logins.Place logins(Environment environment, int uid) {
    String given = value(environment, "USERSVC_LOGINS");
    return given == null
        ? new Logins.Place("/run/usersvc/" + uid, Set.of(ROOT))
        : new Logins.Place(given + "/" + uid, new HashSet<>(List.of(ROOT, uid)));
  }

  /** Without a home the logs last as long as the runtime directory. */
  private static String state(Environment environment, String base) {
    String state = value(environment, "XDG_STATE_HOME");
    if (state == null || !state.startsWith("/")) {
      String home = value(environment, "HOME");
      state = home == null ? null : home + "/.local/state";
    }
    return state == null ? base : state;
  }

  private static String runtimeBase(Environment environment, FileSystem files, int uid)
      throws Fatal, FileFault {
    String given = value(environment, RUNTIME);
    if (given != null) {
      return checked(given, files, uid, "; make it with mkdir -m 700, or unset XDG_RUNTIME_DIR");
    }
    String usual = "/run/user/" + uid;
    var found = files.stat(FileSystem.ABSOLUTE, usual);
    if (found != null && found.isDirectory() && found.uid() == uid) {
      return usual;
    }
    String fallback = "/tmp/usersvc-" + uid;
    String home = value(environment, "HOME");
    if (home == null || isPrivate(fallback, files, uid)) {
      return checked(fallback, files, uid, "; remove it, or set XDG_RUNTIME_DIR");
    }
    String instead = home + "/.local/state/usersvc/run";
    files.makeDirectories(instead, PRIVATE);
    return instead;
  }

  /** Makes a private directory; false if another user has made it before, as may be in /tmp. */
  private static boolean isPrivate(String path, FileSystem files, int uid) {
    try {
      files.makeDirectory(FileSystem.ABSOLUTE, path, PRIVATE);
      var found = files.linkStat(FileSystem.ABSOLUTE, path);
      return found != null
          && found.isDirectory()
          && found.uid() == uid
          && found.permissions() == PRIVATE;
    } catch (FileFault ignored) { // the directory cannot be used
      return false;
    }
  }

  private static String checked(String path, FileSystem files, int uid, String remedy)
      throws Fatal, FileFault {
    var found = files.stat(FileSystem.ABSOLUTE, path);
    if (!path.startsWith("/") || found == null || !found.isDirectory()) {
      throw new Fatal(Fatal.TROUBLE, path + " is not a directory" + remedy);
    }
    var link = files.linkStat(FileSystem.ABSOLUTE, path);
    boolean followed = link != null && link.kind() == FileStat.Kind.LINK;
    if (followed && path.startsWith("/tmp/")) {
      String why = " is a symbolic link in /tmp, where anybody could have made it; set ";
      throw new Fatal(Fatal.TROUBLE, path + why + RUNTIME + " to the directory itself");
    }
    if (found.uid() != uid) {
      throw new Fatal(Fatal.TROUBLE, path + " does not belong to uid " + uid + remedy);
    }
    return path;
  }

  private static String scanDirectory(
      Settings settings, Environment environment, FileSystem files, int uid)
      throws Fatal, FileFault {
    String given =
        settings.directory() != null ? settings.directory() : value(environment, "USERSVC_DIR");
    if (given != null) {
      return absolute(given, files);
    }
    String shared = value(environment, "SVDIR");
    if (shared != null && belongsTo(uid, shared, files)) {
      return absolute(shared, files);
    }
    String home = value(environment, "HOME");
    if (home == null) {
      throw new Fatal(Fatal.USAGE, "HOME is not set; name the scan directory: usersvcd DIR");
    }
    for (String usual : USUAL) {
      if (belongsTo(uid, home + "/" + usual, files)) {
        return home + "/" + usual;
      }
    }
    files.makeDirectory(FileSystem.ABSOLUTE, home + "/.local", PRIVATE);
    files.makeDirectory(FileSystem.ABSOLUTE, home + "/" + USUAL.getFirst(), PRIVATE);
    return home + "/" + USUAL.getFirst();
  }

  /** An empty value counts as none. */
  private static @Nullable String value(Environment environment, String name) {
    String value = environment.value(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static boolean belongsTo(int uid, String path, FileSystem files) throws FileFault {
    @Nullable FileStat found = files.stat(FileSystem.ABSOLUTE, path);
    return found != null && found.isDirectory() && found.uid() == uid;
  }

  private static String absolute(String path, FileSystem files) throws FileFault {
    String full =
        path.startsWith("/")
            ? path
            : files.readLink(FileSystem.ABSOLUTE, "/proc/self/cwd") + "/" + path;
    int end = full.length();
    while (end > 1 && full.charAt(end - 1) == '/') {
      end--;
    }
    return Objects.requireNonNull(full.substring(0, end));
  }
}
