package org.usersvc.daemon.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.model.NativeText;

final class BusAddressTest {
  private static final String GUID = "0123456789abcdef0123456789abcdef";

  @Test
  void aPathAndItsGuid() throws BadAddress {
    assertThat(BusAddress.parse("unix:path=/tmp/dbus-Xy,guid=" + GUID, ""))
        .containsExactly("/tmp/dbus-Xy");
  }

  @Test
  void anAbstractNameBeginsWithNul() throws BadAddress {
    assertThat(BusAddress.parse("unix:abstract=/tmp/dbus-Xy", ""))
        .containsExactly("\0/tmp/dbus-Xy");
  }

  @Test
  void theRuntimeDirectoryIsTheCallers() throws BadAddress {
    assertThat(BusAddress.parse("unix:runtime=yes", "/run/user/7"))
        .containsExactly("/run/user/7/bus");
    assertThatExceptionOfType(BadAddress.class)
        .isThrownBy(() -> BusAddress.parse("unix:runtime=yes", ""));
  }

  @Test
  void aListKeepsWhatCanBeUsedInItsOrder() throws BadAddress {
    assertThat(
            BusAddress.parse(
                "tcp:host=localhost,port=1;unix:abstract=b;unixexec:path=/bin/x;unix:path=/a;", ""))
        .containsExactly("\0b", "/a");
  }

  @Test
  void anyByteCanBeEscaped() throws BadAddress {
    assertThat(BusAddress.parse("unix:path=/a%2cb%3Bc%25%ff%c3%a9", ""))
        .containsExactly(
            NativeText.decode(
                new byte[] {
                  '/', 'a', ',', 'b', ';', 'c', '%', (byte) 0xff, (byte) 0xc3, (byte) 0xa9
                }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "autolaunch:",
        "tcp:host=localhost,port=4711",
        "unixexec:path=/bin/sh",
        "launchd:env=X",
        "unix:",
        "unix:path",
        "unix:path=",
        "unix:path=relative",
        "unix:path=/a%0",
        "unix:path=/a%zz",
        "unix:path=/a%00b",
        "unix:path=/a,path=/b",
        "unix:abstract=",
        "unix:dir=/tmp",
        "unix:=x",
        "UNIX:path=/a"
      })
  void anythingElseIsRefusedAndToldWhatIsAccepted(String address) {
    assertThatExceptionOfType(BadAddress.class)
        .isThrownBy(() -> BusAddress.parse(address, "/run/user/7"))
        .withMessageContaining("unix:path=, unix:abstract= and unix:runtime=yes");
  }

  @Test
  void aRefusalIsOneLineHoweverLongTheAddress() {
    assertThatExceptionOfType(BadAddress.class)
        .isThrownBy(() -> BusAddress.parse("x\n".repeat(100_000), ""))
        .satisfies(bad -> assertThat(bad.getMessage()).hasSizeLessThan(500).doesNotContain("\n"));
  }
}
