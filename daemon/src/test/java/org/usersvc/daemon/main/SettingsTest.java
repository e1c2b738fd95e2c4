package org.usersvc.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  private static Settings parse(String... arguments) throws Fatal {
    return Settings.parse(List.of(arguments));
  }

  private static void isRefused(String... arguments) {
    assertThatExceptionOfType(Fatal.class)
        .as(String.join(" ", arguments))
        .isThrownBy(() -> parse(arguments))
        .satisfies(fatal -> assertThat(fatal.status()).isEqualTo(100));
  }

  @Test
  void nothingIsNeeded() throws Fatal {
    assertThat(parse()).isEqualTo(new Settings(null, false, false, null));
    assertThat(parse().runtimeName()).isEqualTo("usersvc");
  }

  @Test
  void everythingInAnyOrder() throws Fatal {
    var all = new Settings("seed.2", true, false, "/srv/tree");
    assertThat(parse("--verbose", "/srv/tree", "--instance", "seed.2")).isEqualTo(all);
    assertThat(parse("--instance", "seed.2", "/srv/tree", "--verbose")).isEqualTo(all);
    assertThat(all.runtimeName()).isEqualTo("usersvc-seed.2");
  }

  @Test
  void theLauncherWaitsForOneInTheBackground() throws Fatal {
    assertThat(parse(Settings.BACKGROUND, "/srv").background()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".x", "a/b", "a b", "ü", "a\n", "/x"})
  void anInstanceNameIsAPlainFileName(String name) {
    isRefused("--instance", name);
  }

  @Test
  void anInstanceNameHasAtMost64Characters() throws Fatal {
    assertThat(parse("--instance", "x".repeat(64)).instance()).hasSize(64);
    isRefused("--instance", "x".repeat(65));
    isRefused("--instance");
  }

  @Test
  void whatIsUnknownOrTooMuchIsRefused() {
    isRefused("--unknown");
    isRefused("-v");
    isRefused("");
    isRefused("one", "two");
  }

  @Test
  void afterTwoDashesEverythingIsADirectory() throws Fatal {
    assertThat(parse("--", "dir").directory()).isEqualTo("dir");
    assertThat(parse("--", "-dir").directory()).isEqualTo("-dir");
  }

  @Test
  void aRefusalNamesTheCulpritOnOneLine() {
    assertThatExceptionOfType(Fatal.class)
        .isThrownBy(() -> parse("-a\nb"))
        .withMessage("unexpected '-a\\x0ab'; see usersvcd --help");
  }

  @Test
  void usageNamesEveryOption() {
    assertThat(Settings.USAGE)
        .contains("--background", "--instance", "--verbose", "--help", "--version", "DIR");
  }
}
