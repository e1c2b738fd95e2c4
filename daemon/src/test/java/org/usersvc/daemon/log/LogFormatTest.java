package org.usersvc.daemon.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LogFormatTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000129999Z");

  private static String stamp(LogFormat format) {
    return new String(format.stamp(TIME), US_ASCII);
  }

  @Test
  void stampsAreThoseOfSvlogd() {
    assertThat(stamp(LogFormat.SVLOGD)).isEqualTo("2026-01-02_03:04:05.00012 ");
    assertThat(stamp(LogFormat.TAI64N)).isEqualTo("@40000000695735af0001fbcf ");
    assertThat(stamp(LogFormat.ISO)).isEqualTo("2026-01-02T03:04:05.00012Z ");
    assertThat(stamp(LogFormat.NONE)).isEmpty();
  }

  @Test
  void aFileNamesAFormat() {
    assertThat(LogFormat.named("")).isEqualTo(LogFormat.SVLOGD);
    assertThat(LogFormat.named("iso\n")).isEqualTo(LogFormat.ISO);
    assertThat(LogFormat.named("tai64n")).isEqualTo(LogFormat.TAI64N);
    assertThat(LogFormat.named("none\n")).isEqualTo(LogFormat.NONE);
    assertThat(LogFormat.named("ISO 8601\n")).isNull();
  }
}
