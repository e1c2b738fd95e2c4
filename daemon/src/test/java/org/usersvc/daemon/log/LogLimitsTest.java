package org.usersvc.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogLimitsTest {
  private final List<String> warnings = new ArrayList<>();

  private LogLimits parse(String text) {
    return LogLimits.USUAL.with(text, "/log/foot/config", warnings::add);
  }

  @Test
  void linesOfSvlogdAreFollowed() {
    assertThat(parse("# mine\n\ns5000\nn3\nN1\nt60\nT90000\n"))
        .isEqualTo(new LogLimits(5000, 3, 1, Duration.ofSeconds(60), 90_000));
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatIsNotSaidStaysAsItIs() {
    assertThat(parse("n0")).isEqualTo(new LogLimits(1_000_000, 0, 2, Duration.ZERO, 200_000_000));
  }

  @Test
  void whatOnlySvlogdDoesIsToldOncePerLine() {
    assertThat(parse("!gzip\ns10\n-*debug*\n").size()).isEqualTo(10);
    assertThat(warnings)
        .containsExactly(
            "/log/foot/config:1: svlogd's ! is not known to the built-in logger (a log/run with"
                + " svlogd does it), ignoring",
            "/log/foot/config:3: svlogd's - is not known to the built-in logger (a log/run with"
                + " svlogd does it), ignoring");
  }

  @Test
  void badValuesAreToldWithTheRemedy() {
    assertThat(parse("s1M\nn-1\nx\nt9999999999999999")).isEqualTo(LogLimits.USUAL);
    assertThat(warnings)
        .containsExactly(
            "/log/foot/config:1: bad value 1M; write s and a number, as in s1000000, ignoring",
            "/log/foot/config:2: bad value -1; write n and a number, as in n10, ignoring",
            "/log/foot/config:3: no line begins with x; use s, n, N, t or T, ignoring",
            "/log/foot/config:4: bad value 9999999999999999; write t and a number, as in t86400,"
                + " ignoring");
  }
}
