package org.usersvc.daemon.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usersvc.daemon.model.Environment;

final class EnvironmentFileTest {
  private static final Environment BEFORE =
      Environment.of(Map.of("HOME", "/home/x", "EMPTY", "", "PATH", "/bin"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=plain|plain",
        "A=a=b|a=b",
        "A=\"two words\"|two words",
        "A='$HOME \\n'|$HOME \\n",
        "A=$HOME/bin:$PATH|/home/x/bin:/bin",
        "A=${HOME}x|/home/xx",
        "A=\"${HOME}\"|/home/x",
        "A=${NONE:-word}|word",
        "A=${EMPTY:-word}|word",
        "A=${HOME:-word}|/home/x",
        "A=${HOME:+word}|word",
        "A=\\$HOME|$HOME",
        "A=cost$|cost$",
        "A=${open|${open",
        "   A=indented  |indented"
      })
  void readsValuesAsShellsDo(String line, String value) {
    var file = EnvironmentFile.parse(line + "\n", BEFORE);
    assertThat(file.variables()).containsExactly(entry("A", value));
    assertThat(file.complaints()).isEmpty();
  }

  @Test
  void refersToWhatItHasSetItself() {
    var file = EnvironmentFile.parse("A=1\nB=${A}2\nA=$B$B\n", BEFORE);
    assertThat(file.variables()).containsOnly(entry("A", "1212"), entry("B", "12"));
  }

  @Test
  void tellsWhatItDoesNotUnderstandAndGoesOn() {
    var file = EnvironmentFile.parse("# note\n; note\n\nno value\n1A=2\nB=3\n", BEFORE);
    assertThat(file.variables()).containsExactly(entry("B", "3"));
    assertThat(file.complaints()).containsExactly("line 4: no NAME=VALUE", "line 5: no NAME=VALUE");
  }

  @Test
  void aLineGoesOnAfterABackslash() {
    assertThat(EnvironmentFile.parse("A=1\\\n2\n", BEFORE).variables())
        .containsExactly(entry("A", "12"));
  }
}
