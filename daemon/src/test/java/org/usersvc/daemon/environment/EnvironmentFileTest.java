package org.usersvc.daemon.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected here is what systemd's own generator makes of it; EnvironmentDIT asks that. */
final class EnvironmentFileTest {
  private final Map<String, String> variables =
      new LinkedHashMap<>(Map.of("HOME", "/home/x", "EMPTY", "", "PATH", "/bin"));

  private List<String> read(String text) {
    return EnvironmentFile.read(text, variables);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=plain|plain",
        "A=a=b|a=b",
        "A=\"two words\"|two words",
        "A='$HOME \\n'|/home/x \\n",
        "A=\"x\" y|xy",
        "A=a\"b\"|a\"b\"",
        "A=$HOME/bin:$PATH|/home/x/bin:/bin",
        "A=${HOME}x|/home/xx",
        "A=\"${HOME}\"|/home/x",
        "A=${NONE:-word}|word",
        "A=${EMPTY:-word}x|x",
        "A=${HOME:-word}|/home/x",
        "A=${HOME:+word}|word",
        "A=${HOME:+with $HOME}|with /home/x",
        "A=${NONE:+word}x|x",
        "A=${NONE:-${PATH:-x}y}|/biny",
        "A=${NONE:-a{b}c}z|a{b}cz",
        "A=${NONE:?x}|${NONE:?x}",
        "A=\\$HOME|/home/x",
        "A=$$HOME|$HOME",
        "A=cost$|cost$",
        "A=${open|${open",
        "A=a # b|a # b",
        "A=a\\ b|a b",
        "A=\"q \\n\\$PATH\"|q \\n/bin",
        " A = spaced  |spaced"
      })
  void readsValuesAsSystemdDoes(String line, String value) {
    assertThat(read(line + "\nLAST=1\n")).isEmpty();
    assertThat(variables).containsEntry("A", value).containsEntry("LAST", "1").hasSize(5);
  }

  @Test
  void refersToWhatItHasSetItself() {
    assertThat(read("A=1\nB=${A}2\nA=$B$B\n")).isEmpty();
    assertThat(variables).containsEntry("A", "1212").containsEntry("B", "12");
  }

  @Test
  void tellsWhatItDoesNotUnderstandAndGoesOn() {
    assertThat(read("# note\n; note\n\nno value\n1A=2\nC=\nB=3\nexport D=1\nE=a\0b\nlast"))
        .containsExactly(
            "line 4: no NAME=VALUE",
            "line 5: no NAME=VALUE",
            "line 6: C has no value",
            "line 8: no NAME=VALUE",
            "line 9: the value of E has a NUL byte",
            "line 10: no NAME=VALUE");
    assertThat(variables).containsEntry("B", "3").hasSize(4);
  }

  @Test
  void linesGoOnAfterABackslashAndInQuotes() {
    assertThat(read("A=1 \\\n 2\nB=\"x\ny\\\nz\"\r\n# c \\\nNOT=1\nC='1\n2")).isEmpty();
    assertThat(variables)
        .containsEntry("A", "1  2")
        .containsEntry("B", "x\nyz")
        .containsEntry("C", "1\n2")
        .doesNotContainKey("NOT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$A$A", "${NONE:-$A$A}", "${A:+$A$A}"})
  void whatGrowsBeyondEveryProcessIsToldAndNotSet(String twice) {
    var text = new StringBuilder("A=" + "x".repeat(1000) + "\n");
    text.append(("A=" + twice + "\n").repeat(40)).append("B=1\n");
    assertThat(read(text.toString()))
        .hasSize(10)
        .allMatch(line -> line.contains("the value of A is longer than 128 KiB"));
    assertThat(variables.get("A")).hasSize(128_000);
    assertThat(variables).containsEntry("B", "1");
  }

  @Test
  void aDeepNestIsToldAndNotSet() {
    assertThat(read("A=" + "${N:-".repeat(20_000) + "x" + "}".repeat(20_000) + "\nB=1\n"))
        .containsExactly("line 1: the value of A is longer than 128 KiB, or nested too deeply");
    assertThat(variables).containsEntry("B", "1").doesNotContainKey("A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$N", "${", "$", "${N", "\"", "$N$"})
  void aLongLineIsReadOnce(String part) {
    read("A=" + part.repeat(60_000) + "\nB=1\n\"\nB=1\n");
    assertThat(variables).containsKey("HOME");
  }

  @Test
  void aLongNameIsReadOnce() {
    assertThat(read("A=x$" + "N".repeat(100_000) + "\n")).isEmpty();
    assertThat(variables).containsEntry("A", "x");
  }

  @Test
  void manyLongValuesEndAtOneMebibyte() {
    String line = "=" + "x".repeat(100_000) + "\n";
    var text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append('A').append(i).append(line);
    }
    assertThat(read(text.toString()))
        .containsExactly(
            "line 11: all values together are longer than 1 MiB, the rest is left out");
    assertThat(variables).hasSize(13);
  }

  @Test
  void ofManyWrongLinesTenAreTold() {
    assertThat(read("wrong\n".repeat(100_000))).hasSize(10);
  }
}
