package org.usersvc.daemon.schedule;

import org.jspecify.annotations.Nullable;

/**
 * What has happened to a service with a schedule. Immutable.
 *
 * @param handled all times up to this moment have been dealt with: started, or skipped
 * @param started when run was started last, by whomever; null: never
 * @param begun when the daemon was started, or the first of those that have gone on since; in
 *     nanoseconds since the machine's start
 */
public record Past(Moment handled, @Nullable Moment started, long begun) {
  /** That of a service which is there when the daemon starts. */
  public static Past atStartup(Moment now, long begun) {
    return new Past(new Moment(now.wall(), begun - 1), null, begun);
  }

  /** That of a service which comes later. */
  public static Past later(Moment now, long begun) {
    return new Past(now, null, begun);
  }

  /**
   * The same for a daemon that does not go on for an earlier one.
   *
   * @param isPersistent whether what has passed in between is made up for
   */
  public Past forNewDaemon(Moment now, long begun, boolean isPersistent) {
    return isPersistent
        ? new Past(handled, started, begun)
        : new Past(atStartup(now, begun).handled, started, begun);
  }

  /** The time has been dealt with now. */
  public Past handling(Occasion occasion, Moment now) {
    return new Past(occasion.at().max(now), started, begun);
  }

  /** Run has been started now. */
  public Past starting(Moment now) {
    return new Past(handled, now, begun);
  }

  /** When the spans of {@code every} begin: at the last start that this daemon goes on from. */
  long origin(boolean isPersistent) {
    boolean counts = started != null && (isPersistent || started.elapsed() >= begun);
    return counts && started != null ? started.elapsed() : begun;
  }
}
