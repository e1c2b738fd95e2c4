package org.usersvc.daemon.main;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.os.SelfProcess;

/**
 * The files of this program. The JVM takes classes from its cache, and notices a missing jar only
 * when it needs a class that is not in the cache.
 */
final class Installation {
  private static final int LARGEST = 256 * 1024 * 1024;

  /** The end record of a jar: these four bytes, then 18 and a comment of up to 64 KiB. */
  private static final byte[] DIRECTORY_END = {'P', 'K', 5, 6};

  private static final int SHORTEST_END = 22;
  private static final int LONGEST_END = SHORTEST_END + 0xffff;

  private Installation() {}

  /**
   * The path of one of its own programs.
   *
   * @param option the name of the property that has the path
   * @return null if it was not built, as without a C compiler
   */
  static @Nullable String program(FileSystem files, String option) throws IOException {
    String path = SelfProcess.option(option);
    try {
      return path == null || files.stat(FileSystem.ABSOLUTE, path) == null ? null : path;
    } catch (FileFault ignored) { // then it cannot be executed
      return null;
    }
  }

  /** Why the program is not whole, null if it is. */
  static @Nullable String trouble(FileSystem files, String classPath) {
    for (String path : classPath.split(":", -1)) {
      String trouble = path.endsWith(".jar") ? troubleWith(files, path) : null;
      if (trouble != null) {
        return trouble;
      }
    }
    return null;
  }

  private static @Nullable String troubleWith(FileSystem files, String jar) {
    try {
      return isWhole(files.read(FileSystem.ABSOLUTE, jar, LARGEST)) ? null : jar + " is damaged";
    } catch (FileFault fault) {
      return fault.getMessage();
    }
  }

  static boolean isWhole(byte[] jar) {
    int last = Math.max(0, jar.length - LONGEST_END);
    for (int at = jar.length - SHORTEST_END; at >= last; at--) {
      if (isDirectoryEnd(jar, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDirectoryEnd(byte[] jar, int at) {
    for (int i = 0; i < DIRECTORY_END.length; i++) {
      if (jar[at + i] != DIRECTORY_END[i]) {
        return false;
      }
    }
    return true;
  }
}
