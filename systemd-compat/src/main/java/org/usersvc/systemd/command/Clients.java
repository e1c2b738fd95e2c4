package org.usersvc.systemd.command;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.NativeText;

/** What /proc says of processes. */
final class Clients {
  private static final int LONGEST = 256;

  private Clients() {}

  /** The directory that a client is in. */
  static String directory(Asking asking) throws WrongWords {
    try {
      return asking
          .place()
          .host()
          .files()
          .readLink(FileSystem.ABSOLUTE, "/proc/" + asking.reply().client() + "/cwd");
    } catch (FileFault fault) {
      throw new WrongWords("Your working directory is unknown: " + fault.getMessage());
    }
  }

  /** The name of a program; empty if the process is gone. */
  static String program(Asking asking, long pid) {
    return text(asking, "/proc/" + pid + "/comm");
  }

  /** The name of the machine. */
  static String hostName(Asking asking) {
    return text(asking, "/proc/sys/kernel/hostname");
  }

  private static String text(Asking asking, String path) {
    try {
      var files = asking.place().host().files();
      return NativeText.decode(files.read(FileSystem.ABSOLUTE, path, LONGEST)).strip();
    } catch (FileFault ignored) { // it is gone
      return "";
    }
  }
}
