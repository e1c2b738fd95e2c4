package org.usersvc.systemd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.unit.NotifySettings.Access;
import org.usersvc.systemd.unit.ServiceType;

/** Whose messages count, and which of several words wins. */
final class NoticesTest {
  @Test
  void accessChoosesTheSender() {
    var rules = UnitRules.of(ServiceType.SIMPLE).with(ExecStep.START_POST, "post");
    var state = Run.of(rules).start().state();
    for (int sender : new int[] {Run.MAIN, Run.CONTROL, Run.CHILD}) {
      boolean main = sender == Run.MAIN;
      assertThat(Notices.isAccepted(Access.NONE, state, sender)).isFalse();
      assertThat(Notices.isAccepted(Access.MAIN, state, sender)).isEqualTo(main);
      assertThat(Notices.isAccepted(Access.EXEC, state, sender))
          .isEqualTo(main || sender == Run.CONTROL);
      assertThat(Notices.isAccepted(Access.ALL, state, sender)).isTrue();
    }
  }

  @Test
  void stoppingWins() {
    assertThat(Notices.progress(Set.of("READY=1", "STATUS=x", "STOPPING=1")))
        .contains(Progress.STOPPING);
    assertThat(Notices.progress(Set.of("READY=1", "RELOADING=1"))).contains(Progress.READY);
    assertThat(Notices.progress(Set.of("STATUS=x"))).isEmpty();
  }
}
