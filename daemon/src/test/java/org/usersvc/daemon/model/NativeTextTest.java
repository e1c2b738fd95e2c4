package org.usersvc.daemon.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeTextTest {
  private static void survives(byte[] bytes) {
    assertThat(NativeText.encode(NativeText.decode(bytes)))
        .as(HexFormat.of().formatHex(bytes))
        .isEqualTo(bytes);
  }

  @Test
  void randomBytesSurvive() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      survives(bytes);
    }
  }

  @Test
  void bytesNearTheEdgesOfUtf8Survive() {
    int[] edges = {0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff};
    int[] seconds = {0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xb2, 0xbf};
    for (int a : edges) {
      for (int b : seconds) {
        for (int c : seconds) {
          for (int d : seconds) {
            survives(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
            survives(new byte[] {(byte) a, (byte) b, (byte) c});
            survives(new byte[] {(byte) a, (byte) b});
          }
        }
      }
    }
  }

  @Test
  void utf8IsDecodedAsSuch() {
    for (String text : new String[] {"plain", "größe", "日本", "\uD83D\uDC80", "\uD83D\uDE00x"}) {
      assertThat(NativeText.decode(text.getBytes(UTF_8))).isEqualTo(text);
      assertThat(NativeText.encode(text)).isEqualTo(text.getBytes(UTF_8));
    }
  }

  @Test
  void everyCodePointSurvives() {
    for (int point = 1; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        String text = Character.toString(point);
        assertThat(NativeText.encode(text)).isEqualTo(text.getBytes(UTF_8));
      }
    }
  }

  @Test
  void strayBytesAreLoneSurrogates() {
    assertThat(NativeText.decode(new byte[] {'a', (byte) 0xff, 'b', (byte) 0x80}))
        .isEqualTo("a\uDCFFb\uDC80");
  }

  @Test
  void encodedSurrogatesAreStrayBytes() {
    byte[] surrogate = {(byte) 0xed, (byte) 0xa0, (byte) 0xbd};
    assertThat(NativeText.decode(surrogate)).isEqualTo("\uDCED\uDCA0\uDCBD");
  }

  @Test
  void anEscapeBehindARealSurrogatePairIsAByte() {
    String text = "\uD83D\uDC80\uDCFF";
    assertThat(NativeText.decode(NativeText.encode(text))).isEqualTo(text);
  }

  @Test
  void printableShowsControlAndStrayBytesInHex() {
    assertThat(NativeText.printable("a\nb\u001b\u007f\u009b\uDCFF\uDC80"))
        .isEqualTo("a\\x0ab\\x1b\\x7f\\x9b\\xff\\x80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "foot", "foot/log", "größe ~", "日本", "\uD83D\uDE00"})
  void printableLeavesTextAlone(String text) {
    assertThat(NativeText.printable(text)).isEqualTo(text);
  }

  @Test
  void printableLeavesCharactersBeyondTheFirstPlaneAlone() {
    for (int point = 0x10000; point <= 0x1FFFF; point++) {
      String text = Character.toString(point);
      assertThat(NativeText.printable(text)).as("U+%x", point).isEqualTo(text);
    }
  }
}
