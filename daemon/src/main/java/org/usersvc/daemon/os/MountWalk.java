package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

/** openat2(2), since Linux 5.6; it can stop where a path leads to another mount. */
final class MountWalk {
  private static final Libc.Function SYSCALL = function("syscall");
  private static final Libc.Function CLOSE = function("close");
  private static final int OPENAT2 = 437;
  private static final int PATH_ONLY = 010000000;
  private static final int NOFOLLOW = DirectoryReader.X86 ? 0400000 : 0100000;
  private static final int CLOEXEC = 02000000;
  private static final int NO_XDEV = 1;
  private static final int HOW_SIZE = 24;
  private static final int EXDEV = 18;
  private static final int ENOSYS = 38;
  private static final int EPERM = 1;

  private final Libc libc;
  private final Scratch scratch;

  MountWalk(Libc libc, Scratch scratch) {
    this.libc = libc;
    this.scratch = scratch;
  }

  /** Also true if the kernel does not know. */
  boolean leavesMount(int at, String path, boolean follow) {
    long name = scratch.reset().text(path);
    long how = scratch.take(HOW_SIZE);
    scratch.putLong(how, PATH_ONLY | CLOEXEC | (follow ? 0 : NOFOLLOW));
    scratch.putLong(how + 8, 0);
    scratch.putLong(how + 16, NO_XDEV);
    int found = (int) libc.callLong(SYSCALL, OPENAT2, at, name, how, HOW_SIZE, 0);
    if (found >= 0) {
      libc.call(CLOSE, found);
      return false;
    }
    int errno = libc.errno();
    return errno == EXDEV || errno == ENOSYS || errno == EPERM;
  }
}
