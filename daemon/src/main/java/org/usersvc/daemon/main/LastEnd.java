package org.usersvc.daemon.main;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.state.Header;

/**
 * The mark that a daemon has not come to its regular end: {@code usersvc.running}, or {@code
 * usersvc-NAME.running}, in the state directory. It shows that processes may be left even if the
 * runtime directory, with their record, has gone.
 */
final class LastEnd {
  private static final int PRIVATE = 0700;
  private static final int FILE_MODE = 0600;
  private static final int LONGEST = 64;

  private final FileSystem files;
  private final String directory;
  private final String name;

  /**
   * Reads nothing yet.
   *
   * @param directory absolute path of the state directory
   * @param instance the name of the instance's runtime directory
   */
  LastEnd(FileSystem files, String directory, String instance) {
    this.files = files;
    this.directory = directory;
    this.name = instance + ".running";
  }

  private String path() {
    return directory + "/" + name;
  }

  /** Whether a daemon of this boot had no regular end; notes that this daemon runs. */
  boolean isMissing() {
    byte[] boot = Header.boot(files).getBytes(US_ASCII);
    if (isOf(boot)) {
      return true;
    }
    try {
      files.makeDirectories(directory, PRIVATE);
      files.replace(FileSystem.ABSOLUTE, path(), boot, FILE_MODE);
    } catch (FileFault ignored) { // a home that cannot be written to: other traces must suffice
      return false;
    }
    return false;
  }

  /** Whether the file is of this boot; one that cannot be read may be. */
  private boolean isOf(byte[] boot) {
    try {
      return files.stat(FileSystem.ABSOLUTE, path()) != null
          && Arrays.equals(files.read(FileSystem.ABSOLUTE, path(), LONGEST), boot);
    } catch (FileFault ignored) { // at worst the search is in vain
      return true;
    }
  }

  /** Notes the regular end. */
  void note() {
    try {
      files.remove(FileSystem.ABSOLUTE, path());
    } catch (FileFault ignored) { // the next daemon searches in vain
      return;
    }
  }
}
