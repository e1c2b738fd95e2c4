package org.usersvc.daemon.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/**
 * 1000 generated expressions. Each line of the file has a time, an expression, and what {@code
 * systemd-analyze calendar --iterations=4 --base-time=TIME EXPRESSION} of systemd 252 prints with
 * {@code TZ=UTC}, in whole seconds. Many times are close to a change of daylight saving time.
 */
final class SystemdCalendarTest {
  private static final String FACTS = "systemd-252.txt";

  @Test
  void aThousandExpressionsOccurWhenThoseOfSystemdDo() throws IOException {
    var facts = read().lines().toList();
    assertThat(facts).hasSize(1000);
    for (String fact : facts) {
      String[] parts = fact.split(" \\| ?", -1);
      assertThat(next(parts[1], Instant.parse(parts[0]))).as(fact).isEqualTo(parts[2]);
    }
  }

  private static String read() throws IOException {
    try (var facts = SystemdCalendarTest.class.getResourceAsStream(FACTS)) {
      return new String(Objects.requireNonNull(facts).readAllBytes(), UTF_8);
    }
  }

  private static String next(String text, Instant base) {
    var spec = CalendarSpec.parse(text);
    if (spec.isEmpty()) {
      return "refused";
    }
    var times = new StringJoiner(" ");
    var next = spec.get().next(base, ZoneOffset.UTC);
    for (int i = 0; i < 4 && next.isPresent(); i++) {
      times.add(next.get().truncatedTo(ChronoUnit.SECONDS).toString());
      next = spec.get().next(next.get(), ZoneOffset.UTC);
    }
    return times.toString();
  }
}
