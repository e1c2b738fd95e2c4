package org.usersvc.daemon.main;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.os.SelfProcess;

/**
 * The files that this program consists of. The JVM takes classes from its cache and does not notice
 * that a jar is missing, until it needs one that is not in there.
 */
final class Installation {
  private static final int LARGEST = 256 * 1024 * 1024;

  /** What a jar ends with: four bytes, then 18 and a comment of up to 64 KiB. */
  private static final byte[] DIRECTORY_END = {'P', 'K', 5, 6};

  private static final int SHORTEST_END = 22;
  private static final int LONGEST_END = SHORTEST_END + 0xffff;

  private Installation() {}

  /**
   * One of its own programs.
   *
   * @param option names the property that has its path
   * @return null if it was not built, as without a C compiler
   */
  static @Nullable String program(FileSystem files, String option) throws IOException {
    String path = SelfProcess.option(option);
    try {
      return path == null || files.stat(FileSystem.ABSOLUTE, path) == null ? null : path;
    } catch (FileFault ignored) { // it cannot be executed then
      return null;
    }
  }

  /** Why it cannot work, null if it is whole. */
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
