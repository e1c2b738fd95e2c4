package org.usersvc.systemd.unit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is set at a listening socket before it listens. Immutable.
 *
 * @param on the options that are set
 * @param backlog how many connections may wait, 0 to 2^32-1
 * @param receiveBuffer the size of its receive buffer in bytes; null: the kernel's
 * @param sendBuffer the size of its send buffer in bytes; null: the kernel's
 */
public record SocketOptions(
    Set<Option> on, long backlog, @Nullable Long receiveBuffer, @Nullable Long sendBuffer) {
  /** As many waiting connections as the kernel allows. */
  public static final long LONGEST_BACKLOG = 4294967295L;

  public static final SocketOptions DEFAULT =
      new SocketOptions(Set.of(), LONGEST_BACKLOG, null, null);

  public SocketOptions {
    on = Set.copyOf(on);
  }

  /** Options that are on or off. */
  public enum Option {
    PASS_CREDENTIALS,
    PASS_PID_FD,
    PASS_SECURITY,
    KEEP_ALIVE,
    NO_DELAY,
    REUSE_PORT,
    FREE_BIND
  }
}
