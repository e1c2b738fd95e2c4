package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.usersvc.daemon.os.Libc.function;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/** User and group of this process; with them the kernel lets it inspect others (ptrace(2)). */
final class OwnCredentials {
  private static final int MOST = 16 * 1024;

  private final String user;
  private final String group;

  OwnCredentials(Libc libc) {
    this(libc.call(function("geteuid"), 0), libc.call(function("getegid"), 0));
  }

  OwnCredentials(int uid, int gid) {
    this.user = three("Uid:", uid);
    this.group = three("Gid:", gid);
  }

  /** Real, effective and saved, in the format of proc_pid_status(5). */
  private static String three(String name, int id) {
    String tabbed = "\t" + Integer.toUnsignedString(id);
    return "\n" + name + tabbed.repeat(3) + "\t";
  }

  /** Whether a process, perhaps a zombie, has no other user or group, by setuid or otherwise. */
  boolean areThoseOf(FileSystem files, int pid) {
    try {
      byte[] status = files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/status", MOST);
      String text = new String(status, ISO_8859_1);
      return text.contains(user) && text.contains(group);
    } catch (FileFault ignored) { // it has ended
      return false;
    }
  }
}
