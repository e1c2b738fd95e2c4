package org.usersvc.daemon.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * The first line of the file: the daemon that has written it.
 *
 * @param boot the kernel's id of this boot
 */
public record Header(String boot, ProcessIdentity daemon) {
  static final int VERSION = 1;
  private static final int LONGEST_BOOT = 64;

  /** Names the daemon with that pid, now. */
  public static Header of(FileSystem files, int pid) {
    return new Header(boot(files), ProcessIdentity.of(files, pid));
  }

  /** The kernel's id of this boot; empty if unknown. */
  public static String boot(FileSystem files) {
    try {
      byte[] id = files.read(FileSystem.ABSOLUTE, "/proc/sys/kernel/random/boot_id", LONGEST_BOOT);
      return new String(id, US_ASCII).strip();
    } catch (FileFault ignored) { // start times and pids have to suffice
      return "";
    }
  }
}
