package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class UserSpecifiersTest {
  @Test
  void followTheEnvironment() {
    var values =
        new UserSpecifiers(
            Map.of("HOME", "/h", "XDG_CACHE_HOME", "/c", "USER", "ann", "TMPDIR", "relative"));
    assertThat(values.value('h')).contains("/h");
    assertThat(values.value('C')).contains("/c");
    assertThat(values.value('L')).contains("/h/.local/state/log");
    assertThat(values.value('E')).contains("/h/.config");
    assertThat(values.value('u')).contains("ann");
    assertThat(values.value('T')).contains("/tmp");
    assertThat(values.value('V')).contains("/var/tmp");
    assertThat(values.value('t')).isEmpty();
    assertThat(values.value('z')).isEmpty();
  }
}
