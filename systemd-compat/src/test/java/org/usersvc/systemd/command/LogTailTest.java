package org.usersvc.systemd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogTailTest {
  private static final List<String> LINES =
      List.of(
          "2026-11-23_17:28:19.99999 of the run before",
          "2026-11-23_17:28:20.12345 said",
          "2026-11-23_17:28:21.00000 a bell \u0007");

  private static List<String> shown(String first, String source) {
    return LogTail.shown(LINES, Instant.parse(first), source, ZoneId.of("Europe/Berlin"));
  }

  @Test
  void linesHaveTheTimeOfTheDayHereAndTheirSource() {
    assertThat(shown("2026-11-23T17:28:20.123456Z", "host web"))
        .containsExactly(
            "Nov 23 18:28:20 host web: said", "Nov 23 18:28:21 host web: a bell \\x07");
  }

  @Test
  void earlierRunsAreLeftOut() {
    assertThat(shown("2026-11-23T17:28:21Z", "")).containsExactly("a bell \\x07");
  }

  @Test
  void aLineOfAnotherProgramIsOldest() {
    assertThat(
            LogTail.shown(List.of("x"), Instant.parse("2026-01-01T00:00:00Z"), "", ZoneOffset.UTC))
        .isEmpty();
  }
}
