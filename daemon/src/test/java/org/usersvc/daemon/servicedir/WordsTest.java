package org.usersvc.daemon.servicedir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a word of a script. */
final class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "sv, true",
    "'sv start db || exit 1', true",
    "'/usr/bin/sv start db', true",
    "'if $(sv check db); then', true",
    "'\"sv\" up db', true",
    "'. ./lib.sh', true",
    "'exec ./program', true",
    "'exec svlogd -tt ./main', true",
    "'exec /opt/runsv-1/probe a.b', false",
    "'exec mysv über-sv sv_x', false",
    "'', false"
  })
  void aWordIsWhatStandsAlone(String text, boolean found) {
    assertThat(Words.anyIn(text.getBytes(UTF_8), Set.of("sv", "."))).isEqualTo(found);
  }
}
