package org.usersvc.client.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ControlSocketTest {
  @Test
  void isInTheRuntimeDirectory() {
    var environment = Map.of("XDG_RUNTIME_DIR", "/run/user/7");
    assertThat(ControlSocket.locate(environment, "").path())
        .isEqualTo("/run/user/7/usersvc/control");
    assertThat(ControlSocket.locate(environment, "tty").path())
        .isEqualTo("/run/user/7/usersvc-tty/control");
  }

  @Test
  void isInAUsualPlaceWithoutOne() {
    assertThat(ControlSocket.locate(Map.of("XDG_RUNTIME_DIR", ""), "").path())
        .isEqualTo(ControlSocket.locate(Map.of(), "").path())
        .matches("/(run/user/|tmp/usersvc-)[0-9]+/usersvc/control");
  }
}
