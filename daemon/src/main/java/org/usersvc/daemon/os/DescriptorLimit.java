package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

/**
 * The daemon uses as many descriptors as the hard limit allows; its children get the soft limit
 * that it was started with. A limit below the number of open descriptors does no harm between
 * {@link #lower} and {@link #raise}, as only the spawner's threads open files then, in a table of
 * their own. (Where unshare(2) is refused they share the table, and such a daemon cannot spawn.)
 */
public final class DescriptorLimit {
  private static final Libc.Function GETRLIMIT = function("getrlimit");
  private static final Libc.Function SETRLIMIT = function("setrlimit");
  private static final int NOFILE = 7;

  private final Libc libc = new Libc();
  private final Scratch memory = new Scratch(64);
  private final long original = memory.take(16);
  private final long raised = memory.take(16);
  private final boolean differs;

  /** Raises the soft limit. */
  public DescriptorLimit() {
    this(0);
  }

  /**
   * Raises the soft limit.
   *
   * @param found the soft limit before it was ever raised, 0 if it was not
   */
  public DescriptorLimit(long found) {
    libc.call(GETRLIMIT, NOFILE, original);
    if (found != 0) {
      memory.putLong(original, found);
    }
    long hard = memory.getLong(original + 8);
    memory.putLong(raised, hard);
    memory.putLong(raised + 8, hard);
    differs = memory.getLong(original) != hard && libc.call(SETRLIMIT, NOFILE, raised) == 0;
  }

  /** The soft limit before it was raised. */
  public long original() {
    return memory.getLong(original);
  }

  /** The number of descriptors that this process may have now. */
  static long soft(Libc libc, Scratch scratch) {
    long limits = scratch.reset().take(16);
    libc.call(GETRLIMIT, NOFILE, limits);
    return scratch.getLong(limits);
  }

  void lower() {
    if (differs) {
      libc.call(SETRLIMIT, NOFILE, original);
    }
  }

  void raise() {
    if (differs) {
      libc.call(SETRLIMIT, NOFILE, raised);
    }
  }
}
