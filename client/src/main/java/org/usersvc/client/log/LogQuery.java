package org.usersvc.client.log;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines to be shown.
 *
 * @param names of services, or absolute paths of their directories; none: all logs of the built-in
 *     logger, and the daemon's
 * @param lines so many of the last lines of all together
 * @param since no older lines; null: from the first on
 */
public record LogQuery(
    List<String> names, boolean follow, long lines, @Nullable Instant since, boolean json) {
  /** For {@code lines}: all. */
  public static final long ALL = Long.MAX_VALUE;

  long sinceNanos() {
    return since == null ? 0 : since.getEpochSecond() * Stamp.SECOND + since.getNano();
  }
}
