package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EnvironmentBlockTest {
  @Test
  void valuesAreFoundByTheirWholeName() {
    var environment = FakeEnvironment.of("HOMER=1", "HOME=/home/x", "HOME=second", "A=b=c");
    assertThat(environment.value("HOME")).isEqualTo("/home/x");
    assertThat(environment.value("A")).isEqualTo("b=c");
    assertThat(environment.value("HOM")).isNull();
  }

  @Test
  void anEmptyValueIsKept() {
    assertThat(FakeEnvironment.of("SVDIR=").value("SVDIR")).isEmpty();
  }

  @Test
  void bytesAreNativeText() {
    assertThat(FakeEnvironment.of("A=\u00c3\u00bc\u00ff").value("A")).isEqualTo("ü\uDCFF");
  }
}
