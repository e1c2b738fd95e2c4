package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The thread that calls posix_spawn. It has a descriptor table of its own, without what the daemon
 * opens later: a child starts with a copy of its parent's table and closes it, and with thousands
 * of descriptors that takes longer than all else. What the JVM had open before is close-on-exec in
 * this table. Make it before anything is opened.
 *
 * <p>What a child is to have open is therefore named by its path below {@code /proc/PID/fd}.
 */
public final class Spawner {
  private static final Libc.Function SPAWN = function("posix_spawn");
  private static final Libc.Function UNSHARE = function("unshare");
  private static final Libc.Function SYSCALL = function("syscall");
  private static final Libc.Function CLOSE = function("close");
  private static final int CLONE_FILES = 0x400;
  private static final int CLOSE_RANGE = 436;
  private static final int CLOSE_RANGE_CLOEXEC = 4;
  private static final long ALL = 0xffffffffL;
  private static final int EIO = 5;

  private final Semaphore asked = new Semaphore(0);
  private final Semaphore answered = new Semaphore(0);
  private final String descriptors = "/proc/" + ProcessHandle.current().pid() + "/fd/";
  private final List<Integer> left;
  private long[] arguments = new long[0];
  private int result;

  /** Starts the thread; returns when it has its own table. */
  public Spawner() {
    this(List.of());
  }

  /**
   * Starts the thread; returns when it has its own table.
   *
   * @param left what is open already and does not belong in that table
   */
  public Spawner(List<Integer> left) {
    this.left = List.copyOf(left);
    Thread.ofPlatform().daemon().name("usersvc-spawner").stackSize(128 * 1024).start(this::serve);
    answered.acquireUninterruptibly();
  }

  /** The path of one of the daemon's descriptors, for children and for this thread. */
  String path(int descriptor) {
    return descriptors + descriptor;
  }

  /** posix_spawn with these six arguments; returns its error number, 0 for success. */
  int spawn(long pid, long program, long actions, long attributes, long argv, long environment) {
    arguments = new long[] {pid, program, actions, attributes, argv, environment};
    asked.release();
    answered.acquireUninterruptibly();
    return result;
  }

  private void serve() {
    var libc = new Libc();
    if (libc.call(UNSHARE, CLONE_FILES) == 0) {
      left.forEach(descriptor -> libc.call(CLOSE, descriptor));
    }
    libc.callLong(SYSCALL, CLOSE_RANGE, 3, ALL, CLOSE_RANGE_CLOEXEC, 0, 0);
    answered.release();
    while (true) {
      asked.acquireUninterruptibly();
      long[] a = arguments;
      result = EIO;
      try {
        result = (int) libc.callLong(SPAWN, a[0], a[1], a[2], a[3], a[4], a[5]);
      } finally {
        answered.release();
      }
    }
  }
}
