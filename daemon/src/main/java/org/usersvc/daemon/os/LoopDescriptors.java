package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.function.IntPredicate;

/** Copies descriptors of the loop into the table of a thread that has its own. */
final class LoopDescriptors {
  private static final Libc.Function SYSCALL = function("syscall");
  private static final Libc.Function GETPID = function("getpid");
  private static final Libc.Function FCNTL = function("fcntl");
  private static final Libc.Function CLOSE = function("close");
  private static final int PIDFD_OPEN = 434;
  private static final int PIDFD_GETFD = 438;
  private static final int F_DUPFD_CLOEXEC = 1030;

  private LoopDescriptors() {}

  /**
   * The same open file, closed on exec. The process is known by its first thread, which shares the
   * loop's descriptors.
   *
   * @param source the loop's number
   * @param taken whether it may not get that number here
   * @return its number here; negative: an error number. ENOSYS before Linux 5.6
   */
  static int take(Libc libc, int source, IntPredicate taken) {
    int self = libc.call(SYSCALL, PIDFD_OPEN, libc.call(GETPID, 0), 0);
    if (self < 0) {
      return -libc.errno();
    }
    int found = libc.call(SYSCALL, PIDFD_GETFD, self, source, 0);
    int fault = libc.errno();
    libc.call(CLOSE, self);
    return found < 0 ? -fault : apart(libc, found, taken);
  }

  /** The same descriptor under a number that is not taken; the other is closed. */
  static int apart(Libc libc, int descriptor, IntPredicate taken) {
    int found = descriptor;
    while (found >= 0 && taken.test(found)) {
      int next = libc.call(FCNTL, found, F_DUPFD_CLOEXEC, found + 1);
      int fault = libc.errno();
      libc.call(CLOSE, found);
      found = next < 0 ? -fault : next;
    }
    return found;
  }
}
