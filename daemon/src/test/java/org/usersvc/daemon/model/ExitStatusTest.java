package org.usersvc.daemon.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExitStatusTest {
  @Test
  void finishIsToldTheCodeAndZero() {
    var status = ExitStatus.exited(3);
    assertThat(status.finishCode()).isEqualTo("3");
    assertThat(status.finishStatus()).isEqualTo("0");
    assertThat(status.describe()).isEqualTo("exit 3");
    assertThat(status.success()).isFalse();
    assertThat(ExitStatus.exited(0).success()).isTrue();
  }

  @Test
  void finishIsToldMinusOneAndTheSignal() {
    var status = ExitStatus.killed(15, false);
    assertThat(status.finishCode()).isEqualTo("-1");
    assertThat(status.finishStatus()).isEqualTo("15");
    assertThat(status.success()).isFalse();
    assertThat(status.describe()).isEqualTo("killed by signal TERM");
  }

  @Test
  void aCoreDumpIsBit7OfTheStatus() {
    var status = ExitStatus.killed(11, true);
    assertThat(status.finishStatus()).isEqualTo(Integer.toString(11 + 128));
    assertThat(status.describe()).isEqualTo("killed by signal SEGV (core dumped)");
  }

  @Test
  void aRunThatCannotBeExecutedIsExit111() {
    assertThat(ExitStatus.CANNOT_EXECUTE.finishCode()).isEqualTo("111");
    assertThat(ExitStatus.CANNOT_EXECUTE.finishStatus()).isEqualTo("0");
  }

  @Test
  void whatNobodyKnowsIsNoSuccess() {
    var status = ExitStatus.UNKNOWN;
    assertThat(status.finishCode()).isEqualTo("-1");
    assertThat(status.finishStatus()).isEqualTo("0");
    assertThat(status.describe()).isEqualTo("unknown");
    assertThat(status.success()).isFalse();
    assertThat(status.isUnknown()).isTrue();
  }

  @Test
  void noWaitStatusIsUnknown() {
    for (int wait = 0; wait <= 0xffff; wait++) {
      assertThat(ExitStatus.ofWait(wait).isUnknown()).isFalse();
    }
  }

  @Test
  void aWaitStatusHasTheCodeOrTheSignal() {
    assertThat(ExitStatus.ofWait(0)).isEqualTo(ExitStatus.exited(0));
    assertThat(ExitStatus.ofWait(37 << 8)).isEqualTo(ExitStatus.exited(37));
    assertThat(ExitStatus.ofWait(255 << 8)).isEqualTo(ExitStatus.exited(255));
    assertThat(ExitStatus.ofWait(9)).isEqualTo(ExitStatus.killed(9, false));
    assertThat(ExitStatus.ofWait(11 | 0x80)).isEqualTo(ExitStatus.killed(11, true));
  }
}
