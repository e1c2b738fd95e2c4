package org.usersvc.client.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StampTest {
  private final Stamp stamp = new Stamp(ZoneId.of("Europe/Berlin"));

  private boolean read(String line) {
    byte[] bytes = ("x" + line + "\n").getBytes(ISO_8859_1);
    return stamp.read(bytes, 1, bytes.length - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          2026-11-23_17:28:20.12345 a b|2026-11-23T17:28:20.123450Z|a b
          2026-11-23T17:28:20.12345 a|2026-11-23T17:28:20.123450Z|a
          2026-11-23T17:28:20.12345Z a|2026-11-23T17:28:20.123450Z|a
          2026-11-23T17:28:20Z   a|2026-11-23T17:28:20Z|  a
          2026-11-23 17:28:20.123456789  a|2026-11-23T16:28:20.123456789Z|a
          2026-11-23 17:28:20.123456789   a|2026-11-23T16:28:20.123456789Z| a
          2026-07-01 00:00:00.5  a|2026-06-30T22:00:00.500Z|a
          2024-02-29_23:59:59.99999 a|2024-02-29T23:59:59.999990Z|a
          2024-12-31_23:59:60.00000 a|2025-01-01T00:00:00Z|a
          1970-01-01_00:00:00.00000 a|1970-01-01T00:00:00Z|a
          @400000006b0478bc016c20cc hello|2026-11-23T17:32:34.023863500Z|hello
          @400000006B0478BC016C20CC  hello|2026-11-23T17:32:34.023863500Z| hello
          """)
  void formsOfLoggersAreKnown(String line, String time, String message) {
    assertThat(read(line)).isTrue();
    assertThat(Instant.ofEpochSecond(0, stamp.nanos())).isEqualTo(Instant.parse(time));
    assertThat(line).endsWith(message);
    assertThat(stamp.textStart() - 1).isEqualTo(line.length() - message.length());
  }

  @Test
  void stampWithoutAMessageIsOne() {
    assertThat(read("2026-11-23_17:28:20.12345")).isTrue();
    assertThat(stamp.textStart()).isEqualTo(26);
    assertThat(read("2026-11-23_17:28:20.12345 ")).isTrue();
    assertThat(stamp.textStart()).isEqualTo(27);
    assertThat(read("@400000006b0478bc016c20cc")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "hello",
        "2026-11-23",
        "2026-11-23_17:28:2",
        "2026-13-23_17:28:20 a",
        "2026-11-32_17:28:20 a",
        "2026-11-23_24:28:20 a",
        "2026-11-23_17:60:20 a",
        "2026-11-23_17:28:61 a",
        "2026-11-23-17:28:20 a",
        "2026-11-23_17:28:20.1x a",
        "2026-11-23_17:28:20x",
        "0000-11-23_17:28:20 a",
        "2999-11-23_17:28:20 a",
        "2026/11/23 17:28:20 a",
        "@400000006b0478bc016c20c",
        "@400000006b0478bc016c20cg a",
        "@400000006b0478bc016c20cca",
        "@400000006b0478bcffffffff a",
        "@ffffffffffffffff00000000 a",
        "@4fffffffffffffff00000000 a",
        "@000000000000000000000000 a",
      })
  void whatIsNoStampIsPartOfTheMessage(String line) {
    assertThat(read(line)).isFalse();
    assertThat(stamp.textStart()).isEqualTo(1);
  }

  @Test
  void neverReadsBeyondTheLine() {
    byte[] bytes = "2026-11-23_17:28:20.12345 a".getBytes(ISO_8859_1);
    for (int end = 0; end < bytes.length; end++) {
      stamp.read(bytes, 0, end);
      assertThat(stamp.textStart()).isLessThanOrEqualTo(end);
    }
  }
}
