package org.usersvc.client.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeTextTest {
  private static String decode(String bytes) {
    return NativeText.decode(bytes.getBytes(ISO_8859_1));
  }

  @Test
  void strayBytesAreLoneSurrogates() {
    assertThat(decode("a\u00e9b")).isEqualTo("a\udce9b");
    assertThat(decode("\u00ed\u00a0\u0080")).isEqualTo("\udced\udca0\udc80");
    assertThat(decode("\u00e2\u0082")).isEqualTo("\udce2\udc82");
    assertThat(decode("\u00c0\u00af")).isEqualTo("\udcc0\udcaf");
  }

  @Test
  void validTextIsItself() {
    assertThat(NativeText.decode("é€😀".getBytes(UTF_8))).isEqualTo("é€😀");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "\u00e9", "\u00f0\u009f\u0098\u0080\u00e9\u0080", "\u00ff"})
  void bytesComeBack(String bytes) {
    assertThat(NativeText.encode(decode(bytes))).isEqualTo(bytes.getBytes(ISO_8859_1));
  }

  @Test
  void printableIsOneLine() {
    assertThat(NativeText.printable("a\n\u0085\udce9é")).isEqualTo("a\\x0a\\x85\\xe9é");
  }
}
