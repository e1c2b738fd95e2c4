package org.usersvc.daemon.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a program. Immutable.
 *
 * @param resources those whose limits are not the daemon's own
 * @param nice the nice value, -20 to 19; null: the daemon's own
 * @param umask 0 to 0777; null: the daemon's own
 */
public record Limits(
    Map<Resource, Bound> resources, @Nullable Integer nice, @Nullable Integer umask) {
  /** The daemon's own limits. */
  public static final Limits NONE = new Limits(Map.of(), null, null);

  public Limits {
    resources = Map.copyOf(resources);
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /**
   * The limits of one resource, in its unit: bytes, seconds, microseconds or a number.
   *
   * @param soft the effective limit; {@link #UNLIMITED}, or 0 or more
   * @param hard the highest soft limit that the program may set; the same
   */
  public record Bound(long soft, long hard) {
    public static final long UNLIMITED = -1;

    /** {@code SOFT:HARD}. */
    public String text() {
      return textOf(soft) + ":" + textOf(hard);
    }

    /** One limit as digits, or {@code unlimited}. */
    public static String textOf(long limit) {
      return limit == UNLIMITED ? "unlimited" : Long.toString(limit);
    }
  }
}
