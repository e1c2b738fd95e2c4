package org.usersvc.daemon.os;

import org.usersvc.daemon.files.Opening;

/** The flags of open(2) for standard streams of programs. */
final class StreamFlags {
  static final int F_SETFL = 4;

  /** Of a file that is made, less the umask. */
  static final int MODE = 0666;

  private static final int O_WRONLY = 1;
  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0100;
  private static final int O_NOCTTY = 0400;
  private static final int O_TRUNC = 01000;
  private static final int O_APPEND = 02000;

  private StreamFlags() {}

  static int of(Opening how) {
    return switch (how) {
      case READ -> O_NOCTTY;
      case WRITE -> O_NOCTTY | O_WRONLY | O_CREAT;
      case APPEND -> O_NOCTTY | O_WRONLY | O_CREAT | O_APPEND;
      case TRUNCATE -> O_NOCTTY | O_WRONLY | O_CREAT | O_TRUNC;
      case BOTH -> O_NOCTTY | O_RDWR;
    };
  }
}
