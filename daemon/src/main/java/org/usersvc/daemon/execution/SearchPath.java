package org.usersvc.daemon.execution;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;

/** Finds programs by their name, as execvp(3) does. */
public final class SearchPath {
  /** Used if PATH is not set. */
  private static final String DEFAULT = "/usr/local/bin:/usr/bin:/bin";

  private final FileSystem files;
  private final String path;

  /**
   * @param environment the one with the PATH
   */
  public SearchPath(FileSystem files, Environment environment) {
    this.files = files;
    String set = environment.value("PATH");
    this.path = set == null || set.isEmpty() ? DEFAULT : set;
  }

  /**
   * The file of a program. Only absolute directories of PATH count: a program has a working
   * directory of its own.
   *
   * @param program a name; with a slash in it, it is the file itself
   * @return null if no directory has an executable file of that name
   */
  public @Nullable String find(String program) {
    if (program.indexOf('/') >= 0) {
      return program;
    }
    for (String directory : path.split(":", -1)) {
      String file = directory + "/" + program;
      if (directory.startsWith("/") && isProgram(file)) {
        return file;
      }
    }
    return null;
  }

  private boolean isProgram(String file) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, file);
      return found != null && found.kind() == Kind.REGULAR && (found.permissions() & 0111) != 0;
    } catch (FileFault ignored) { // the next directory may have it
      return false;
    }
  }
}
