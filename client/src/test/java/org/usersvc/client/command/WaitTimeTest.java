package org.usersvc.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WaitTimeTest {
  @ParameterizedTest
  @CsvSource({"0,0", "7,7000", "0.5,500", "00007,7000", "1.2345,1234", "86400,86400000"})
  void secondsBecomeMilliseconds(String text, long millis) throws UsageException {
    assertThat(WaitTime.millis("-w ", text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ".5",
        "5.",
        "x",
        "5s",
        "-1",
        "+1",
        " 5",
        "1e3",
        "86401",
        "86400.001",
        "000007",
        "1.0000000000",
        "1.2.3",
        "٣"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> WaitTime.millis("-w ", text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("-w " + text + " is not a number of seconds");
  }
}
