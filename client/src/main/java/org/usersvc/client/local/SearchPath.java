package org.usersvc.client.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.usersvc.client.socket.NativePath;

/** The programs in PATH. */
public final class SearchPath {
  private static final String USUAL = "/usr/local/bin:/usr/bin:/bin";

  /** Words of the shell itself. */
  private static final Set<String> OF_SHELL =
      Set.of(
          ".", ":", "[", "cd", "eval", "exec", "exit", "export", "if", "for", "while", "case",
          "until", "set", "trap", "ulimit", "umask", "unset", "wait", "test", "read", "command");

  private SearchPath() {}

  /** Whether a shell finds a command of this name. */
  public static boolean has(Desk desk, String program) {
    if (OF_SHELL.contains(program)) {
      return true;
    }
    if (program.indexOf('/') >= 0) {
      return !program.startsWith("/") || isProgram(NativePath.of(program));
    }
    for (String directory : desk.value("PATH", USUAL).split(":", -1)) {
      if (directory.startsWith("/") && isProgram(NativePath.of(directory + "/" + program))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
