package org.usersvc.client.log;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines to be shown.
 *
 * @param names of services, or absolute paths of their directories; none: all logs of the built-in
 *     logger, and the daemon's
 * @param lines so many of the last lines of all together
 * @param since no older lines; null: from the first on
 * @param until no younger lines; null: to the last
 * @param grep only lines in whose messages it is found; null: all
 * @param form what is printed of a line
 */
public record LogQuery(
    List<String> names,
    boolean follow,
    long lines,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Pattern grep,
    boolean newestFirst,
    Form form) {
  /** What is printed of a line. */
  public enum Form {
    /** Time, name and message. */
    SHORT,
    /** The message. */
    CAT,
    /** A document. */
    JSON
  }

  /** For {@code lines}: all. */
  public static final long ALL = Long.MAX_VALUE;

  /** One that selects lines only by their number and their age. */
  public LogQuery(
      List<String> names, boolean follow, long lines, @Nullable Instant since, boolean json) {
    this(names, follow, lines, since, null, null, false, json ? Form.JSON : Form.SHORT);
  }

  /** Whether each line has to be looked at. */
  boolean selects() {
    return until != null || grep != null;
  }

  long sinceNanos() {
    return since == null ? 0 : nanos(since);
  }

  /** Since 1970. */
  static long nanos(Instant time) {
    return time.getEpochSecond() * Stamp.SECOND + time.getNano();
  }
}
