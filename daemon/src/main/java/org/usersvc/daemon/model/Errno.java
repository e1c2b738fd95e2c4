package org.usersvc.daemon.model;

/**
 * An error number of the kernel.
 *
 * @param number as in errno.h of Linux
 */
public record Errno(int number) {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ENOEXEC = 8;
  public static final int EINTR = 4;
  public static final int ENXIO = 6;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EEXIST = 17;
  public static final int ENOTDIR = 20;
  public static final int EINVAL = 22;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int EFBIG = 27;
  public static final int ENOSPC = 28;
  public static final int ENAMETOOLONG = 36;
  public static final int ETIMEDOUT = 110;
  public static final int EDQUOT = 122;

  public boolean is(int other) {
    return number == other;
  }

  /** Whether the system lacks processes, memory or descriptors, so that a retry may help. */
  public boolean lacksResources() {
    return number == EAGAIN || number == ENOMEM || number == ENFILE || number == EMFILE;
  }

  /** Whether the disk, or the user's share of it, is full. */
  public boolean lacksSpace() {
    return number == ENOSPC || number == EDQUOT;
  }

  /** The error and, where it is known, a remedy. */
  public String describe() {
    return switch (number) {
      case EPERM -> "operation not permitted";
      case ENOENT -> "no such file or directory";
      case 5 -> "input/output error";
      case ENXIO -> "no such device or address";
      case 7 -> "argument list too long";
      case ENOEXEC -> "not an executable format (does it begin with #!?)";
      case EAGAIN -> "resource temporarily unavailable (see ulimit -u)";
      case ENOMEM -> "out of memory";
      case EACCES -> "permission denied";
      case EEXIST -> "file exists";
      case ENOTDIR -> "not a directory";
      case 21 -> "is a directory";
      case EINVAL -> "invalid argument";
      case ENFILE -> "too many open files in the system";
      case EMFILE -> "too many open files (see ulimit -n)";
      case 26 -> "it is open for writing";
      case EFBIG -> "it is too large";
      case ENOSPC -> "no space left on device";
      case 30 -> "read-only file system";
      case 32 -> "broken pipe";
      case ENAMETOOLONG -> "file name too long";
      case 39 -> "directory not empty";
      case 40 -> "too many levels of symbolic links";
      case 98 -> "address already in use";
      case 104 -> "connection reset by peer";
      case ETIMEDOUT -> "the file system does not answer";
      case 111 -> "connection refused";
      case EDQUOT -> "disk quota exceeded";
      default -> "error " + number;
    };
  }
}
