package org.usersvc.systemd.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimesTest {
  @Test
  void saysWhatToWriteInstead() {
    assertThat(Times.span("5 Min").flaws())
        .containsExactly(
            Flaw.warning(
                "\"5 Min\" is no time span; write one such as \"5min 20s\" or \"infinity\""));
    assertThat(Times.calendar("").flaws())
        .containsExactly(
            Flaw.warning("\"\" is no calendar event; write one such as \"Mon *-*-* 12:00\""));
  }
}
