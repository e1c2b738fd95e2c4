package org.usersvc.daemon.activation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.usersvc.daemon.environment.EnvironmentFile;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Messages;

/**
 * The files {@code environment.d/*.conf} of the user and of the system. Of several files of one
 * name the one in the first directory counts, so a link to {@code /dev/null} there masks the
 * others.
 */
public final class UserFiles {
  /** The directories of environment.d(5) without the user's own. */
  public static final List<String> SYSTEM =
      List.of(
          "/etc/environment.d",
          "/run/environment.d",
          "/usr/local/lib/environment.d",
          "/usr/lib/environment.d",
          "/lib/environment.d");

  /** The bound of all files together, in bytes. */
  private static final int MOST = 1024 * 1024;

  private static final String SUFFIX = ".conf";
  private static final String IGNORING = ", ignoring";

  private final FileSystem files;
  private final Messages messages;
  private final List<String> system;
  private long left;

  /**
   * Reads nothing yet.
   *
   * @param system the directories that come after the user's own
   */
  public UserFiles(FileSystem files, Messages messages, List<String> system) {
    this.files = files;
    this.messages = messages;
    this.system = system;
  }

  /** The base with what the files set, in the order of their names. */
  public Environment over(Environment base) {
    var paths = new TreeMap<String, String>();
    find(directory(base), paths);
    system.forEach(directory -> find(directory, paths));
    if (paths.isEmpty()) {
      return base;
    }
    var variables = new LinkedHashMap<>(base.variables());
    left = MOST;
    paths.values().forEach(path -> read(path, variables));
    return Environment.of(variables);
  }

  /** Adds the files whose names are not there yet. */
  private void find(String directory, Map<String, String> paths) {
    try {
      if (files.stat(FileSystem.ABSOLUTE, directory) != null) {
        for (String name : files.list(FileSystem.ABSOLUTE, directory)) {
          if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
            paths.putIfAbsent(name, directory + "/" + name);
          }
        }
      }
    } catch (FileFault fault) {
      messages.warn(fault.getMessage() + IGNORING);
    }
  }

  private void read(String path, Map<String, String> variables) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, path);
      if (found == null || found.kind() != FileStat.Kind.REGULAR) {
        return; // masked, or no regular file
      }
      boolean isFirst = left > 0;
      left -= found.size();
      if (left < 0) {
        logExcess(path, isFirst);
        return;
      }
      String text = NativeText.decode(files.read(FileSystem.ABSOLUTE, path, MOST));
      for (String complaint : EnvironmentFile.read(text, variables)) {
        messages.warn(NativeText.printable(path) + ": " + complaint + IGNORING);
      }
    } catch (FileFault fault) {
      messages.warn(fault.getMessage() + IGNORING);
    }
  }

  private void logExcess(String path, boolean isFirst) {
    if (isFirst) {
      messages.warn(
          NativeText.printable(path)
              + ": all files there have 1 MiB at most, ignoring it and those after it");
    }
  }

  private static String directory(Environment base) {
    String configured = base.value("XDG_CONFIG_HOME");
    return configured == null || !configured.startsWith("/")
        ? base.value("HOME") + "/.config/environment.d"
        : configured + "/environment.d";
  }
}
