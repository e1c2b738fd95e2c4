package org.usersvc.daemon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.usersvc.daemon.model.NativeText;

final class WireTextTest {
  private static final String STRAY = NativeText.decode(new byte[] {'a', (byte) 0xff, 'b'});

  @Test
  void onlyStrayBytesAreShown() {
    assertThat(WireText.of(STRAY)).isEqualTo("a\\xffb");
    assertThat(WireText.of("größe\n\t=😀\\xff")).isEqualTo("größe\n\t=😀\\xff");
  }

  @Test
  void printedNamesAreFoundAgain() {
    assertThat(WireText.unprinted(NativeText.printable(STRAY))).isEqualTo(STRAY);
    assertThat(WireText.unprinted("ö\\xffö\\x0a\\x\\xg1\\x4"))
        .isEqualTo(
            NativeText.decode(
                new byte[] {
                  (byte) 0xc3,
                  (byte) 0xb6,
                  (byte) 0xff,
                  (byte) 0xc3,
                  (byte) 0xb6,
                  '\n',
                  '\\',
                  'x',
                  '\\',
                  'x',
                  'g',
                  '1',
                  '\\',
                  'x',
                  '4'
                }));
  }
}
