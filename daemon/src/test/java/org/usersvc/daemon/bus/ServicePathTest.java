package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.model.NativeText;

final class ServicePathTest {
  @ParameterizedTest
  @CsvSource({
    "foo, foo",
    "foo.service, foo_2eservice",
    "foo/log, foo_2flog",
    "a_b, a_5fb",
    "7zip, _37zip",
    "z7, z7",
    "größe, gr_c3_b6_c3_9fe",
    "'', _",
    "_, _5f"
  })
  void isSystemdsRule(String name, String element) {
    assertThat(ServicePath.escape(name)).isEqualTo(element);
    assertThat(ServicePath.unescape(element)).isEqualTo(name);
  }

  @Test
  void everyByteSurvives() {
    var bytes = new byte[255];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    String name = NativeText.decode(bytes);
    assertThat(ServicePath.escape(name)).matches("[A-Za-z0-9_]+");
    assertThat(ServicePath.unescape(ServicePath.escape(name))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7zip", "a_", "a_5", "a_5F", "a_zz", "a_62", "__", "a.b", "ö"})
  void whatNobodyEscapesIsNoName(String element) {
    assertThat(ServicePath.unescape(element)).isNull();
  }
}
