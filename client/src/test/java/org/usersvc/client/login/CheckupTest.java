package org.usersvc.client.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.client.login.Finding.Level;

final class CheckupTest {
  @Test
  void theFirstFaultIsToBeMendedFirst() {
    var warning = new Finding(Level.WARN, "there is no message bus");
    var first = new Finding(Level.FAIL, "no usersvcd; start it");
    var second = new Finding(Level.FAIL, "web: failed");
    assertThat(Checkup.advice(List.of(warning, first, second))).isEqualTo("no usersvcd; start it");
    assertThat(Checkup.advice(List.of(warning, new Finding(Level.OK, "logs")))).isEmpty();
  }
}
