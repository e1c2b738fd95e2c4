package org.usersvc.client.log;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be shown.
 *
 * @param names of services, or absolute paths of their directories; none: all that the built-in
 *     logger has logged, and the daemon
 * @param lines so many of the last lines of all together
 * @param since none that is older; null: from the first on
 */
public record LogQuery(
    List<String> names, boolean follow, long lines, @Nullable Instant since, boolean json) {
  /** For {@code lines}: all. */
  public static final long ALL = Long.MAX_VALUE;

  long sinceNanos() {
    return since == null ? 0 : since.getEpochSecond() * Stamp.SECOND + since.getNano();
  }
}
