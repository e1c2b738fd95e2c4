package org.usersvc.daemon.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LikenessTest {
  @Test
  void distancesAreThoseOfDamerauAndLevenshtein() {
    assertThat(Likeness.distance("", "abc")).isEqualTo(3);
    assertThat(Likeness.distance("restart", "restrat")).isEqualTo(1);
    assertThat(Likeness.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Likeness.distance("mako", "mako")).isZero();
  }

  @Test
  void theNearestWordIsFound() {
    var known = List.of("mako", "mpd", "waybar");
    assertThat(Likeness.nearest("mkao", known)).isEqualTo("mako");
    assertThat(Likeness.nearest("wayba", known)).isEqualTo("waybar");
    assertThat(Likeness.hint("wybra", known)).isEqualTo(" (did you mean waybar?)");
  }

  @Test
  void whatIsTooDifferentIsNot() {
    var known = List.of("mako", "mpd", "a");
    assertThat(Likeness.nearest("foot", known)).isNull();
    assertThat(Likeness.nearest("abc", known)).isNull();
    assertThat(Likeness.nearest("b", known)).isNull();
    assertThat(Likeness.hint("sway", List.of())).isEmpty();
  }
}
