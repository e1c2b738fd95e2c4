package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/** The name of a server of D-Bus connections for its lifetime: 32 hex digits. */
final class ServerGuid {
  private static final String SOURCE = "/proc/sys/kernel/random/uuid";

  private ServerGuid() {}

  /** A fresh one. */
  static String read(FileSystem files) throws FileFault {
    byte[] uuid = files.read(FileSystem.ABSOLUTE, SOURCE, 64);
    return new String(uuid, US_ASCII).replace("-", "").strip();
  }
}
