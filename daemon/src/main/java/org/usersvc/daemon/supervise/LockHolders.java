package org.usersvc.daemon.supervise;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/** Who holds a flock(2), as /proc/locks tells it. */
public final class LockHolders {
  private static final Pattern WORDS = Pattern.compile(" +");
  private static final int PID = 4;
  private static final int MOST = 256 * 1024;

  private final FileSystem files;

  public LockHolders(FileSystem files) {
    this.files = files;
  }

  /** {@code pid 123}, or words for a holder that cannot be found. */
  public String describe(int at, String path) {
    try {
      var locked = files.stat(at, path);
      String inode = locked == null ? "" : ":" + locked.id().inode() + " ";
      var lines = locks().lines().filter(line -> line.contains("FLOCK")).toList();
      for (String line : lines) {
        var words = WORDS.split(line.strip(), 0);
        if (line.contains(inode) && words.length > PID) {
          return "pid " + words[PID];
        }
      }
    } catch (FileFault ignored) { // the holder is only for the message
      return "another process";
    }
    return "another process";
  }

  private String locks() throws FileFault {
    return new String(files.read(FileSystem.ABSOLUTE, "/proc/locks", MOST), ISO_8859_1);
  }
}
