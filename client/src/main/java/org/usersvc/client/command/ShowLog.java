package org.usersvc.client.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.log.LogQuery;
import org.usersvc.client.log.LogViewer;
import org.usersvc.client.log.Since;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/**
 * Shows logs of services, which the client reads itself; {@code raw}: bytes, also on a terminal.
 */
record ShowLog(LogQuery query, String instance, boolean quiet, boolean raw) implements Command {
  private static final int MOST_DIGITS = 18;
  private static final int MOST_FAILURES = 99;
  private static final long LAST = 100;
  private static final long LAST_FOLLOWED = 10;

  /** {@code lines} and {@code since} as typed; null: not given. */
  static LogQuery query(
      List<String> names,
      boolean follow,
      @Nullable String lines,
      @Nullable String since,
      boolean json)
      throws UsageException {
    long usual = since != null ? LogQuery.ALL : follow ? LAST_FOLLOWED : LAST;
    return new LogQuery(
        ServicePath.likeSv(names),
        follow,
        lines == null ? usual : lines(lines),
        since == null ? null : since(since),
        json);
  }

  private static long lines(String text) throws UsageException {
    if (text.equals("all")) {
      return LogQuery.ALL;
    }
    long lines = 0;
    boolean number = !text.isEmpty() && text.length() <= MOST_DIGITS;
    for (int i = 0; i < text.length() && number; i++) {
      int digit = text.charAt(i) - '0';
      number = digit >= 0 && digit <= 9;
      lines = lines * 10 + digit;
    }
    if (!number) {
      throw UsageException.of("-n " + text + " is not a number of lines, nor all");
    }
    return lines;
  }

  private static Instant since(String text) throws UsageException {
    @Nullable Instant since = Since.parse(text, ZonedDateTime.now(ZoneId.systemDefault()));
    if (since == null) {
      throw UsageException.of(
          "--since "
              + text
              + " is not a time like 10m, 2h, 3d, 17:00, 2026-11-23"
              + " or '2026-11-23 17:00'");
    }
    return since;
  }

  @Override
  public int run(Map<String, String> environment, Output output) throws LostOutputException {
    output.keepBytes(raw);
    int failures = LogViewer.show(query, instance, environment, output, quiet);
    return Math.min(failures, MOST_FAILURES);
  }
}
