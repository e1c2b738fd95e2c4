package org.usersvc.daemon.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisplaysTest {
  @ParameterizedTest
  @CsvSource({
    ":0, 0",
    ":10.1, 10",
    "unix:3, 3",
    "unix:3.0, 3",
    "localhost:10.0, ''",
    "there:0, ''",
    "[::1]:0, ''",
    "'', ''",
    ":, ''",
    ":x, ''",
    "wayland-0, ''"
  })
  void onlyADisplayOfThisMachineHasANumberHere(String display, String number) {
    assertThat(Displays.localNumber(display)).isEqualTo(number);
    assertThat(Displays.isRemote(display)).isEqualTo(!display.isEmpty() && number.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    ":0, :0.0, true",
    "unix:1, :1.2, true",
    ":1, :10, false",
    "localhost:10.0, localhost:10.0, true",
    "localhost:10.0, :10, false"
  })
  void oneDisplayIsWrittenInSeveralWays(String one, String other, boolean same) {
    assertThat(Displays.areSame(one, other)).isEqualTo(same);
    assertThat(Displays.areSame(other, one)).isEqualTo(same);
    assertThat(Displays.areSame(null, other)).isFalse();
  }
}
