package org.usersvc.client.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.log.LogQuery;
import org.usersvc.client.log.LogViewer;
import org.usersvc.client.log.Since;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/**
 * Shows logs of services, which the client reads itself; {@code raw}: bytes, also on a terminal;
 * {@code painted}: times and names have colours.
 */
record ShowLog(LogQuery query, String instance, boolean quiet, boolean raw, boolean painted)
    implements Command {
  private static final int MOST_DIGITS = 18;
  private static final int MOST_FAILURES = 99;
  private static final long LAST = 100;
  private static final long LAST_OF_PAGER = 1000;
  private static final long LAST_FOLLOWED = 10;

  /** Options as typed; null: not given. */
  record Asked(
      boolean follow,
      @Nullable String lines,
      @Nullable String since,
      @Nullable String until,
      @Nullable String grep,
      boolean newestFirst,
      boolean end,
      @Nullable String form,
      boolean json) {}

  static LogQuery query(List<String> names, Asked asked) throws UsageException {
    if (asked.follow() && (asked.newestFirst() || asked.until() != null)) {
      throw UsageException.of("option --follow goes with neither --reverse nor --until");
    }
    @Nullable String lines = asked.lines();
    boolean isOld = asked.since() != null || asked.until() != null;
    long few = asked.follow() ? LAST_FOLLOWED : LAST;
    long usual = asked.end() ? LAST_OF_PAGER : isOld ? LogQuery.ALL : few;
    return new LogQuery(
        ServicePath.likeSv(names),
        asked.follow(),
        lines == null ? usual : lines(lines),
        time("--since ", asked.since()),
        time("--until ", asked.until()),
        pattern(asked.grep()),
        asked.newestFirst(),
        form(asked));
  }

  private static LogQuery.Form form(Asked asked) throws UsageException {
    @Nullable String form = asked.form();
    return switch (form == null ? "short" : form) {
      case "short" -> asked.json() ? LogQuery.Form.JSON : LogQuery.Form.SHORT;
      case "cat" -> LogQuery.Form.CAT;
      case "json" -> LogQuery.Form.JSON;
      default -> throw UsageException.of("-o " + form + " is none of short, cat, json");
    };
  }

  private static @Nullable Pattern pattern(@Nullable String text) throws UsageException {
    try {
      return text == null ? null : Pattern.compile(text);
    } catch (PatternSyntaxException wrong) {
      throw UsageException.of(
          "--grep " + text + " is no regular expression: " + wrong.getDescription());
    }
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

  private static @Nullable Instant time(String option, @Nullable String text)
      throws UsageException {
    if (text == null) {
      return null;
    }
    @Nullable Instant time = Since.parse(text, ZonedDateTime.now(ZoneId.systemDefault()));
    if (time == null) {
      throw UsageException.of(
          option
              + text
              + " is not a time like 10m, 2h, 3d, 17:00, 2026-11-23"
              + " or '2026-11-23 17:00'");
    }
    return time;
  }

  @Override
  public int run(Map<String, String> environment, Output output) throws LostOutputException {
    output.keepBytes(raw);
    output.usePaint(painted);
    int failures = LogViewer.show(query, instance, environment, output, quiet);
    return Math.min(failures, MOST_FAILURES);
  }
}
