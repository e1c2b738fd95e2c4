package org.usersvc.client.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScreenTest {
  private static final String ANSWER =
      """
      {"name":"bad","state":"backoff","pid":0,"seconds":2,"ready":false,"why":"next start in 2s"}
      {"name":"web","state":"run","wanted":"up","pid":812,"seconds":3725,"ready":true,\
      "log":{"state":"run","pid":5,"name":"x"}}
      {"name":"b\\u001b[7m","state":"down","pid":0,"seconds":0,"ready":false}
      """;

  private static Board board() throws IOException {
    List<Row> rows = Row.read(ANSWER.getBytes(StandardCharsets.UTF_8));
    return Board.EMPTY.with(
        rows.stream().map(row -> row.pid() == 0 ? row : row.using(new Usage(125, 2560))).toList());
  }

  @Test
  void servicesAreDrawnWithTheLogOfTheSelectedOne() throws IOException {
    var board = board().move(1).logging("web", List.of("one", "t\two\u001b"));
    assertThat(Screen.draw(board, 66, 12, Style.PLAIN).stream().map(String::stripTrailing))
        .containsExactly(
            "3 services, 1 ready, 1 failed",
            "NAME      STATE          PID     FOR     CPU   MEMORY",
            "bad       backoff          -      2s                   next start",
            "\u001b[7mweb       run            812    1h2m   12.5%     2.5M             \u001b[0m",
            "b\\x1b[7m  down             -      0s",
            "",
            "",
            "",
            "-- log of web " + "-".repeat(52),
            "one",
            "t wo\\x1b",
            "q quit  / filter  u up  d down  r restart  o once  p pause  c cont");
  }

  @ParameterizedTest
  @CsvSource({"80,24", "20,5", "3,1", "200,60", "40,2", "1,9"})
  void everySizeIsFilledAndNeverExceeded(int width, int height) throws IOException {
    for (Style style : Style.values()) {
      var lines = Screen.draw(board(), width, height, style);
      assertThat(lines).hasSizeBetween(Math.min(height, 5), Math.max(height, 1));
      for (String line : lines) {
        assertThat(line.replaceAll("\u001b\\[[0-9;]*m", "")).hasSize(Math.max(20, width));
      }
    }
  }

  @Test
  void colourIsOnlyWhereItIsWanted() throws IOException {
    assertThat(String.join("", Screen.draw(board(), 80, 24, Style.of(false, 256))))
        .doesNotContainPattern("\u001b\\[(?!7m|0m)");
    assertThat(String.join("", Screen.draw(board(), 80, 24, Style.of(true, 16))))
        .contains("\u001b[32mrun", "\u001b[2mdown");
    assertThat(String.join("", Screen.draw(board(), 80, 24, Style.of(true, 256))))
        .contains("\u001b[32mrun", "\u001b[38;5;244mdown");
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    assertThat(Columns.fit("\u6f22\u5b57x", 4)).isEqualTo("\u6f22\u5b57");
    assertThat(Columns.fit("\u6f22\u5b57", 3)).isEqualTo("\u6f22 ");
  }

  @Test
  void aDaemonThatDoesNotAnswerIsTold() throws IOException {
    assertThat(Screen.draw(board().lost("usersvcd does not answer"), 80, 24, Style.PLAIN))
        .first()
        .asString()
        .startsWith("usersvcd does not answer");
    assertThat(board().lost("gone").with(List.of()).trouble()).isEmpty();
  }

  @Test
  void memoryHasTheUnitThatFits() {
    assertThat(new Usage(0, 812).memory()).isEqualTo("812K");
    assertThat(new Usage(0, 25_088).memory()).isEqualTo("24.5M");
    assertThat(new Usage(0, 1_258_292).memory()).isEqualTo("1.2G");
    assertThat(Usage.NONE.memory() + Usage.NONE.processor()).isEmpty();
  }
}
