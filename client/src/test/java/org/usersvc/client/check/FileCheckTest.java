package org.usersvc.client.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileCheckTest {
  private static List<String> found(String file, String content) {
    return FileCheck.of(file, content.getBytes(US_ASCII)).stream()
        .map(it -> it.level().word() + " " + it.line() + " " + it.text())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exec foot --server                    |
          exec mpd --no-daemon                  |
          mpd --kill; exec mpd --no-daemon      |
          if true; then exec a; else exec b; fi |
          while :; do sleep 1; done             |
          A=b exec foot                         |
          mkdir -p x && exec foot               |
          foot --server                         | exec is missing
          exec mpd                              | mpd goes into the background without --no-daemon
          exec emacs --daemon=x                 | emacs --daemon=x goes into the background
          sleep 1 &                             | & puts it into the background
          exec nohup foot                       | nohup does nothing
          """)
  void aRunStaysInTheForeground(String line, String wanted) {
    List<String> found = found("run", "#!/bin/sh\n# comment\n" + line + "\n\n# end\n");
    if (wanted == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).anySatisfy(it -> assertThat(it).startsWith("warning 3 ").contains(wanted));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run         | ''                           | error 0 it is empty
          run         | 'exec foot\n'                | error 1 #! is missing
          run         | '#!sh\nexec foot\n'          | error 1 'sh' has to be the absolute path
          run         | '#!/no/such\nexec foot\n'    | error 1 there is no program /no/such
          type        | 'onshot\n'                   | error 1 'onshot' has to be longrun
          restart     | 'allways\n'                  | error 1 'allways' has to be always
          timeout-kill| '5s\n'                       | error 1 '5s' has to be milliseconds
          exports     | 'A=$B/x\nB\n'                | error 2 'B' has to be NAME=VALUE
          exports     | '# a\nexport A=1\n'         | error 2 'export A=1' is a line of a shell
          exports     | 'A=\n'                      | error 1 'A=' has no value
          needs-env   | '$DISPLAY\n'                 | error 1 '$DISPLAY' is no name of
          needs-env   | 'A\nWAYLAND_DISPLAI\n'       | warning 2 nothing usual sets
          """)
  void mistakesAreNamedWithTheirLine(String file, String content, String wanted) {
    assertThat(found(file, content.replace("\\n", "\n")))
        .singleElement()
        .asString()
        .startsWith(wanted);
  }

  @Test
  void carriageReturnsAreFoundWhereTheyAre() {
    assertThat(found("run", "#!/bin/sh\nexec foot\r\n"))
        .singleElement()
        .asString()
        .startsWith("error 2 line 2 ends in a carriage return");
    assertThat(found("run", "#!/bin/sh\nprintf 'a\rb'\nexec foot\n")).isEmpty();
  }

  @Test
  void whatIsNotAScriptOfTheShellIsLeftToItsReader() {
    assertThat(found("run", "\u007fELF")).isEmpty();
    assertThat(found("run", "#!/usr/bin/env perl\nprint 1 &\n")).isEmpty();
    assertThat(found("data", "any\r\n")).isEmpty();
  }

  @Test
  void nearestIsOneSlipAwayInAShortWordAndTwoInALongOne() {
    var known = List.of("run", "finish", "needs-env");
    assertThat(Nearest.of("rnu", known)).isEqualTo("run");
    assertThat(Nearest.of("need-evn", known)).isEqualTo("needs-env");
    assertThat(Nearest.of("main", known)).isNull();
    assertThat(Nearest.of("data", known)).isNull();
  }

  @Test
  void circlesAreFoundFromEachOfTheirServices() {
    var needs = Map.of("a", Set.of("b"), "b", Set.of("c", "a"), "c", Set.of("c"));
    assertThat(Cycles.through("a", needs)).isEqualTo("a -> b -> a");
    assertThat(Cycles.through("c", needs)).isEqualTo("c -> c");
    assertThat(Cycles.through("d", needs)).isEmpty();
  }
}
