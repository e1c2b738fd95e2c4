package org.usersvc.systemd.condition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GlobTest {
  private static boolean matches(String pattern, String text) {
    return Glob.of(pattern).matches(text);
  }

  @Test
  void starIsAnythingAndQuestionMarkOne() {
    assertThat(matches("a*c", "abbc")).isTrue();
    assertThat(matches("a*", "a")).isTrue();
    assertThat(matches("a?c", "abc")).isTrue();
    assertThat(matches("a?c", "ac")).isFalse();
  }

  @Test
  void setsHaveRangesAndAreNegated() {
    assertThat(matches("tty[0-9]", "tty7")).isTrue();
    assertThat(matches("tty[!0-9]", "tty7")).isFalse();
    assertThat(matches("tty[^0-9]", "ttyS")).isTrue();
    assertThat(matches("[]]", "]")).isTrue();
  }

  @Test
  void allElseIsItself() {
    assertThat(matches("a.b", "a.b")).isTrue();
    assertThat(matches("a.b", "axb")).isFalse();
    assertThat(matches("a\\*b", "a*b")).isTrue();
    assertThat(matches("a\\*b", "axb")).isFalse();
    assertThat(matches("a[b", "a[b")).isTrue();
    assertThat(matches("(a)+", "(a)+")).isTrue();
  }
}
