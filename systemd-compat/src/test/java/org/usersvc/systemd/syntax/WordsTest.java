package org.usersvc.systemd.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.syntax.Words.Style;

final class WordsTest {
  private static List<String> split(String value, Style style) {
    return Words.split(value, style).or(List.of());
  }

  private static List<String> flaws(String value, Style style) {
    return Words.split(value, style).flaws().stream().map(Flaw::text).toList();
  }

  @Test
  void spacesSeparateWords() {
    assertThat(split("  a\tb  c ", Style.STRICT)).containsExactly("a", "b", "c");
    assertThat(split("", Style.STRICT)).isEmpty();
  }

  @Test
  void quotesKeepSpacesAndMayBeginInsideAWord() {
    assertThat(split("ONE='one' \"TWO='two two' too\" F=\"a b\"c\"d e\" ''", Style.STRICT))
        .containsExactly("ONE=one", "TWO='two two' too", "F=a bcd e", "");
  }

  @Test
  void escapesAreReplacedInBothKindsOfQuotes() {
    assertThat(split("\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\\'\\s", Style.STRICT))
        .containsExactly("\u0007\b\f\n\r\t\u000b\\\"' ");
    assertThat(split("'a\\x41\\sb' \"\\101\\u00e9\\U0001F600\"", Style.STRICT))
        .containsExactly("aA b", "A\u00e9\ud83d\ude00");
  }

  @Test
  void escapedBytesAreUtf8AndStrayOnesAreKept() {
    assertThat(split("\\xc3\\xb6\\303\\266", Style.STRICT)).containsExactly("\u00f6\u00f6");
    assertThat(split("\\xffx", Style.STRICT)).containsExactly("\udcffx");
  }

  @Test
  void anUnknownEscapeEndsAStrictValueAndStaysInALenientOne() {
    assertThat(split("a b\\qc d", Style.STRICT)).containsExactly("a");
    assertThat(flaws("a b\\qc d", Style.STRICT))
        .containsExactly("\"\\q\" in \"a b\\qc d\" is no escape; double the backslash");
    assertThat(split("a 'x \\q y' b\\ c", Style.LENIENT)).containsExactly("a", "x \\q y", "b\\ c");
    assertThat(flaws("a\\qb", Style.LENIENT))
        .containsExactly("\"\\q\" in \"a\\qb\" is no escape and stays; double the backslash");
  }

  @Test
  void escapesForNoCharacterAreUnknown() {
    for (String escape :
        List.of("\\x00", "\\x4", "\\400", "\\08x", "\\ud800", "\\U00110000", "\\")) {
      assertThat(split(escape, Style.STRICT)).as(escape).isEmpty();
      assertThat(split(escape, Style.LENIENT)).as(escape).containsExactly(escape);
    }
  }

  @Test
  void anOpenQuoteEndsReadingExceptInARelaxedValue() {
    for (var style : List.of(Style.STRICT, Style.LENIENT, Style.VERBATIM)) {
      assertThat(split("a \"b c", style)).containsExactly("a");
      assertThat(flaws("a \"b c", style))
          .containsExactly("a quote is open at the end of \"a \"b c\"; close it");
    }
    assertThat(split("a 'b c", Style.RELAXED)).containsExactly("a", "b c");
  }

  @Test
  void backslashesStayInAVerbatimValueAndProtectInARelaxedOne() {
    assertThat(split("a\\x2db \"c\\d e\"", Style.VERBATIM)).containsExactly("a\\x2db", "c\\d e");
    assertThat(split("a\\ b \\\"c \\x d\\", Style.RELAXED)).containsExactly("a b", "\"c", "x", "d");
  }

  @Test
  void plainWordsAreShownWithoutQuotes() {
    assertThat(Words.join(List.of("/bin/x", "--a=b", "", "a b", ";", "\"\\\n\u0001$X")))
        .isEqualTo("/bin/x --a=b \"\" \"a b\" \";\" \"\\\"\\\\\\n\\x01$X\"");
  }
}
