package org.usersvc.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NativeArgumentsTest {
  private static String[] last(String commandLine, String... mangled) {
    return NativeArguments.last(commandLine.getBytes(ISO_8859_1), mangled);
  }

  @Test
  void areTheLastEntries() {
    assertThat(last("java\0-cp\0x\0Main\0up\0caf\u00e9\0\0", "up", "caf?", ""))
        .containsExactly("up", "caf\udce9", "");
  }

  @Test
  void mayBeNone() {
    assertThat(last("java\0Main\0")).isEmpty();
  }

  @Test
  void areKeptWhereTheFileIsTooShort() {
    assertThat(last("", "up")).containsExactly("up");
    assertThat(last("a\0", "b", "c", "d")).containsExactly("b", "c", "d");
  }
}
