package org.usersvc.daemon.servicedir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScriptTest {
  @Test
  void theyAreExecutedAsRunsvDoes() {
    assertThat(Script.RUN.path()).isEqualTo("./run");
    assertThat(Script.FINISH.path()).isEqualTo("./finish");
    assertThat(Script.control('t').path()).isEqualTo("control/t");
  }

  @Test
  void aProcessTellsByItsArgumentsWhichItIs() {
    assertThat(Script.among(List.of("/bin/sh", "./finish", "1", "256"))).isEqualTo(Script.FINISH);
    assertThat(Script.among(List.of("/bin/sh", "./check"))).isEqualTo(Script.CHECK);
    assertThat(Script.among(List.of("control/d"))).isEqualTo(Script.control('d'));
    assertThat(Script.among(List.of("control/dd", "finish", "foot"))).isEqualTo(Script.RUN);
  }
}
