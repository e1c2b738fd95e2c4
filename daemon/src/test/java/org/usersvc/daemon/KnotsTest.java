package org.usersvc.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KnotsTest {
  /** So many classes that go together may know each other. */
  private static final int MOST = 3;

  @Test
  void noKnotIsLarge() {
    assertThat(Knots.largerThan(MOST, ArchitectureTest.TABLE)).isEmpty();
  }

  @Test
  void pairsThatKnowEachOtherAreKnots() {
    assertThat(Knots.largerThan(1, ArchitectureTest.TABLE)).isNotEmpty();
  }
}
