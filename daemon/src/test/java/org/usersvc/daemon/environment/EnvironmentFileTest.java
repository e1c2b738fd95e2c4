package org.usersvc.daemon.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"$N", "${", "$", "${N", "\"", "$N$"})
  void aLongLineIsReadOnce(String part) {
    var file = EnvironmentFile.parse("A=" + part.repeat(300_000) + "\nB=1\n", BEFORE);
    assertThat(file.variables()).containsEntry("B", "1");
  }

  @Test
  void aLongNameIsReadOnce() {
    var file = EnvironmentFile.parse("A=$" + "N".repeat(300_000) + "\n", BEFORE);
    assertThat(file.variables()).containsExactly(entry("A", ""));
  }

  @Test
  void doublingEndsAtTheLongestValue() {
    var text = new StringBuilder("A=" + "x".repeat(1000) + "\n");
    for (char c = 'B'; c < 'N'; c++) {
      text.append(c).append('=').append(("$" + (char) (c - 1)).repeat(4));
      text.append('\n');
    }
    var file = EnvironmentFile.parse(text.toString(), BEFORE);
    assertThat(file.variables().get("D")).hasSize(64_000);
    assertThat(file.variables()).doesNotContainKey("E");
    assertThat(file.complaints().getFirst()).isEqualTo("line 5: the value is longer than 128 KiB");
  }

  @Test
  void manyLongValuesEndAtOneMebibyte() {
    String line = "=" + "x".repeat(100_000) + "\n";
    var text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append('A').append(i).append(line);
    }
    var file = EnvironmentFile.parse(text.toString(), BEFORE);
    assertThat(file.variables()).hasSize(10);
    assertThat(file.complaints())
        .containsExactly(
            "line 11: all values together are longer than 1 MiB, the rest is left out");
  }

  @Test
  void ofManyWrongLinesTenAreTold() {
    assertThat(EnvironmentFile.parse("wrong\n".repeat(100_000), BEFORE).complaints()).hasSize(10);
  }
}
