package org.usersvc.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.usersvc.systemd.unit.UnitFlags.CollectMode;

final class SpellingTest {
  private record StopSigterm() {}

  private record Dead() {}

  @Test
  void everyConstantHasTheWordThatMeansIt() {
    for (var mode : CollectMode.values()) {
      assertThat(Spelling.parse(CollectMode.class, Spelling.of(mode))).contains(mode);
    }
    assertThat(Spelling.of(CollectMode.INACTIVE_OR_FAILED)).isEqualTo("inactive-or-failed");
  }

  @Test
  void aWordIsInLowerCaseWithHyphens() {
    assertThat(Spelling.parse(CollectMode.class, "inactive_or_failed")).isEmpty();
    assertThat(Spelling.parse(CollectMode.class, "Inactive")).isEmpty();
    assertThat(Spelling.parse(CollectMode.class, "inactiv")).isEmpty();
    assertThat(Spelling.parse(CollectMode.class, "inactive-")).isEmpty();
  }

  @Test
  void aStateIsSpelledAsItsClass() {
    assertThat(Spelling.of(StopSigterm.class)).isEqualTo("stop-sigterm");
    assertThat(Spelling.of(Dead.class)).isEqualTo("dead");
  }
}
