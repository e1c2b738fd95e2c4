package org.usersvc.daemon.platform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.regex.Pattern;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;

/** Finds the holder of a flock(2) in /proc/locks, and possible holders of other locks. */
public final class LockHolders {
  private static final Pattern WORDS = Pattern.compile(" +");
  private static final int LONGEST_NAME = 64;
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

  /** {@code pid 123}: the other daemons that have the file open, or words if there are none. */
  public String otherDaemons(String path) {
    var found = new ArrayList<String>();
    try {
      String self = files.readLink(FileSystem.ABSOLUTE, "/proc/self");
      for (int pid : ProcessStat.pids(files)) {
        if (!self.equals(Integer.toString(pid)) && hasOpen(pid, path)) {
          found.add(Integer.toString(pid));
        }
      }
    } catch (FileFault ignored) { // the holder is only for the message
      return "another process";
    }
    return found.isEmpty() ? "another process" : "pid " + String.join(" or ", found);
  }

  private boolean hasOpen(int pid, String path) {
    try {
      if (!isDaemon(files, pid)) {
        return false;
      }
      String directory = "/proc/" + pid + "/fd";
      for (String descriptor : files.list(FileSystem.ABSOLUTE, directory)) {
        if (path.equals(files.readLink(FileSystem.ABSOLUTE, directory + "/" + descriptor))) {
          return true;
        }
      }
      return false;
    } catch (FileFault ignored) { // it has ended, or is another user's
      return false;
    }
  }

  /** Whether the process is a usersvcd. */
  public static boolean isDaemon(FileSystem files, int pid) throws FileFault {
    byte[] name = files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/comm", LONGEST_NAME);
    return new String(name, ISO_8859_1).equals("usersvcd\n");
  }

  private String locks() throws FileFault {
    return new String(files.read(FileSystem.ABSOLUTE, "/proc/locks", MOST), ISO_8859_1);
  }
}
