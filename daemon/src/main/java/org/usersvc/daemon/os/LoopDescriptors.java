package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

/** Takes descriptors of the loop into the table of a thread that has its own. */
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
   * @param least the lowest number that it may get here
   * @return its number here; negative: an error number. ENOSYS before Linux 5.6
   */
  static int take(Libc libc, int source, int least) {
    int self = libc.call(SYSCALL, PIDFD_OPEN, libc.call(GETPID, 0), 0);
    if (self < 0) {
      return -libc.errno();
    }
    int found = libc.call(SYSCALL, PIDFD_GETFD, self, source, 0);
    int fault = libc.errno();
    libc.call(CLOSE, self);
    return found < 0 ? -fault : raise(libc, found, least);
  }

  /** The same descriptor as one of at least that number; the other is closed. */
  static int raise(Libc libc, int descriptor, int least) {
    int raised = libc.call(FCNTL, descriptor, F_DUPFD_CLOEXEC, least);
    int fault = libc.errno();
    libc.call(CLOSE, descriptor);
    return raised < 0 ? -fault : raised;
  }
}
