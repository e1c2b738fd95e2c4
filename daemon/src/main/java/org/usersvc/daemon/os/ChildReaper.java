package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * A thread for children without a pidfd: orphans of services, which the kernel hands to the daemon.
 * It sleeps until some child has ended and names an orphan to the loop, without reaping it: the pid
 * stays taken until the loop has reaped it.
 */
final class ChildReaper {
  private static final Libc.Function WAITID = function("waitid");
  private static final int P_ALL = 0;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x01000000;
  private static final int SIGINFO_SIZE = 128;
  private static final int PID = 16;

  private final IntPredicate hasPidfd;
  private final IntConsumer onOrphan;
  private final Semaphore mayHaveChildren = new Semaphore(0);
  private final Semaphore reaped = new Semaphore(0);

  /**
   * @param hasPidfd whether the loop learns of this child's end by itself; called on this thread
   * @param onOrphan called with a child to be reaped, on this thread
   */
  ChildReaper(IntPredicate hasPidfd, IntConsumer onOrphan) {
    this.hasPidfd = hasPidfd;
    this.onOrphan = onOrphan;
    Thread.ofPlatform().daemon().name("usersvc-reaper").stackSize(128 * 1024).start(this::watch);
  }

  /** To be called after each spawn. */
  void childStarted() {
    if (mayHaveChildren.availablePermits() == 0) {
      mayHaveChildren.release();
    }
  }

  /** To be called after each child that was reaped. */
  void childReaped() {
    reaped.release();
  }

  private void watch() {
    var libc = new Libc();
    var memory = new Scratch(SIGINFO_SIZE);
    long info = memory.take(SIGINFO_SIZE);
    while (true) {
      mayHaveChildren.acquireUninterruptibly();
      reaped.drainPermits();
      while (libc.call(WAITID, P_ALL, 0, info, WEXITED | WNOWAIT) == 0) {
        int pid = memory.getInt(info + PID);
        if (!hasPidfd.test(pid)) {
          onOrphan.accept(pid);
        }
        reaped.acquireUninterruptibly();
        reaped.drainPermits();
      }
    }
  }
}
