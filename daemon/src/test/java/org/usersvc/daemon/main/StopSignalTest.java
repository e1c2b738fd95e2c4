package org.usersvc.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.usersvc.daemon.os.SelfProcess;

final class StopSignalTest {
  @Test
  void saysWhoHasSentItAndWhatStops() {
    var signal = new StopSignal("TERM", "kill(812)");
    assertThat(signal.stops(1)).isEqualTo("SIGTERM from kill(812), stopping 1 service");
    assertThat(signal.stops(12)).isEqualTo("SIGTERM from kill(812), stopping 12 services");
    assertThat(signal.hurries()).isEqualTo("SIGTERM from kill(812), killing what still runs");
  }

  @Test
  void aClosedTerminalIsNamed() {
    assertThat(new StopSignal("HUP", SelfProcess.KERNEL).stops(0))
        .isEqualTo(
            "SIGHUP from the kernel, stopping 0 services: the terminal was closed;"
                + " usersvcd --background does not depend on one");
    assertThat(new StopSignal("HUP", "bash(7)").stops(2)).doesNotContain("terminal");
  }
}
