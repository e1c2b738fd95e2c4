package org.usersvc.daemon.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "*, a.service",
    "a*, a.service",
    "*.service, a.service",
    "a?b, axb",
    "[ab].c, b.c",
    "[a-c]x, bx",
    "[!a]x, bx",
    "[^a]x, bx",
    "a\\*, a*",
    "*a*b*, xxaxxbxx",
    "[], []",
    "[]a]x, ]x",
    "a[b, a[b",
    "*-*, a-b",
    "a\\x2db*, ax2dbc"
  })
  void matches(String pattern, String name) {
    assertThat(new NamePattern(pattern).matches(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a, ab",
    "ab, a",
    "a?, a",
    "*.socket, a.service",
    "[ab], c",
    "[!a], a",
    "[a-c], d",
    "a\\*, ab",
    "*a*b, xxaxxc"
  })
  void doesNotMatch(String pattern, String name) {
    assertThat(new NamePattern(pattern).matches(name)).isFalse();
  }

  @Test
  void withoutPatternsAllNamesMatch() {
    assertThat(NamePattern.any(List.of(), "a")).isTrue();
    assertThat(NamePattern.any(List.of("b", "a"), "a")).isTrue();
    assertThat(NamePattern.any(List.of("b"), "a")).isFalse();
  }

  @Test
  @Timeout(5)
  void manyStarsDoNotTakeForever() {
    assertThat(new NamePattern("*a".repeat(100) + "b").matches("a".repeat(255))).isFalse();
  }
}
