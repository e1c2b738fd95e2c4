package org.usersvc.daemon.main;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.state.Header;

/**
 * Whether the daemon before this one has come to its regular end: {@code usersvc.running}, or
 * {@code usersvc-NAME.running}, of the state directory is there until then. It tells of processes
 * that may be left when the runtime directory, with the record of them, has gone.
 */
final class LastEnd {
  private static final int PRIVATE = 0700;
  private static final int FILE_MODE = 0600;
  private static final int LONGEST = 64;

  private final FileSystem files;
  private final String directory;
  private final String name;

  /**
   * Has looked for nothing yet.
   *
   * @param directory absolute path of the state directory
   * @param instance what the runtime directory of the instance is called
   */
  LastEnd(FileSystem files, String directory, String instance) {
    this.files = files;
    this.directory = directory;
    this.name = instance + ".running";
  }

  private String path() {
    return directory + "/" + name;
  }

  /** Whether there was none since the machine was started; notes that this daemon runs. */
  boolean isMissing() {
    byte[] boot = Header.boot(files).getBytes(US_ASCII);
    if (isOf(boot)) {
      return true;
    }
    try {
      files.makeDirectories(directory, PRIVATE);
      files.replace(FileSystem.ABSOLUTE, path(), boot, FILE_MODE);
    } catch (FileFault ignored) { // a home that cannot be written to: other traces have to do
      return false;
    }
    return false;
  }

  /** One that is there and cannot be read may be of this boot. */
  private boolean isOf(byte[] boot) {
    try {
      return files.stat(FileSystem.ABSOLUTE, path()) != null
          && Arrays.equals(files.read(FileSystem.ABSOLUTE, path(), LONGEST), boot);
    } catch (FileFault ignored) { // at worst it is searched in vain
      return true;
    }
  }

  /** This is it. */
  void note() {
    try {
      files.remove(FileSystem.ABSOLUTE, path());
    } catch (FileFault ignored) { // the next one searches in vain
      return;
    }
  }
}
