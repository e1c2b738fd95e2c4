package org.usersvc.systemd.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each fact is what systemd-escape 252 prints. */
final class UnitEscapeTest {
  @Test
  void escapesAsSystemdEscapeDoes() {
    assertThat(UnitEscape.escape("Hall\u00f6chen, Meister"))
        .isEqualTo("Hall\\xc3\\xb6chen\\x2c\\x20Meister");
    assertThat(UnitEscape.escape("a-b_c:d\\e@f")).isEqualTo("a\\x2db_c:d\\x5ce\\x40f");
    assertThat(UnitEscape.escape("/a/")).isEqualTo("-a-");
    assertThat(UnitEscape.escape("")).isEmpty();
    assertThat(UnitEscape.escape(".foo")).isEqualTo("\\x2efoo");
    assertThat(UnitEscape.escape("a.b")).isEqualTo("a.b");
  }

  @Test
  void escapesPathsInTheirShortestForm() {
    assertThat(UnitEscape.escapePath("/tmp//waldi/foobar/")).contains("tmp-waldi-foobar");
    assertThat(UnitEscape.escapePath("/")).contains("-");
    assertThat(UnitEscape.escapePath("")).contains("-");
    assertThat(UnitEscape.escapePath("/foo/./bar")).contains("foo-bar");
    assertThat(UnitEscape.escapePath("/.foo/bar")).contains("\\x2efoo-bar");
    assertThat(UnitEscape.escapePath("/foo/../bar")).isEmpty();
  }

  @Test
  void escapedTextIsPartOfTheNameOfAnInstance() {
    assertThat(UnitName.of("foo@.service").withInstance(UnitEscape.escape("a b")))
        .hasToString("foo@a\\x20b.service");
  }

  @Test
  void unescapesWhatItEscapes() {
    assertThat(UnitEscape.unescape("Hall\\xc3\\xb6chen\\x2c\\x20Meister"))
        .contains("Hall\u00f6chen, Meister");
    assertThat(UnitEscape.unescape("a-b")).contains("a/b");
    assertThat(UnitEscape.unescape("\\x2d")).contains("-");
    assertThat(UnitEscape.unescape("")).contains("");
    assertThat(UnitEscape.unescape(UnitEscape.escape("a\udcff/b"))).contains("a\udcff/b");
  }

  @Test
  void refusesBackslashesThatBeginNoEscape() {
    for (String text : new String[] {"\\xzz", "a\\x2", "a\\", "\\n", "\\x00"}) {
      assertThat(UnitEscape.unescape(text)).as(text).isEmpty();
    }
  }

  @Test
  void unescapesOnlyPathsInTheirShortestForm() {
    assertThat(UnitEscape.unescapePath("foo-bar")).contains("/foo/bar");
    assertThat(UnitEscape.unescapePath("-")).contains("/");
    for (String text :
        new String[] {"", "-foo", "foo--bar", "foo-", "foo-..-bar", ".", "a-\\x2f"}) {
      assertThat(UnitEscape.unescapePath(text)).as(text).isEmpty();
    }
  }
}
