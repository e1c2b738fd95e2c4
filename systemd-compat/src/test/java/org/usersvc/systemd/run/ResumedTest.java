package org.usersvc.systemd.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;

/** Services whose daemon was killed. */
final class ResumedTest {
  @TempDir private Path root;
  private RunFixture before;
  private RunFixture after;

  @BeforeEach
  void begin() {
    before = new RunFixture(root);
    after = new RunFixture(root);
  }

  private ServiceRunner next(ServiceRunner left, String... lines) throws RecordFault {
    var fields = new Fields();
    left.record(fields);
    var service = after.service(lines);
    service.resume(Fields.parse(fields.text()));
    after.turn();
    return service;
  }

  @Test
  void aRunningServiceIsTheSameForTheNextDaemon() throws RecordFault {
    var left = before.started("ExecStart=/bin/sleep 99");
    int main = left.mainPid();
    after.lives(main, 1, main, RunFixture.INVOCATION);
    var service = next(left, "ExecStart=/bin/sleep 99");
    assertThat(service.state().sub()).isEqualTo("running");
    assertThat(service.mainPid()).isEqualTo(main);
    assertThat(after.fakes.processes.spawned()).isEmpty();
    after.ends(main, ExitStatus.exited(0));
    assertThat(service.state().sub()).isEqualTo("dead");
  }

  @Test
  void aMainProcessThatHasGoneMeanwhileHasEndedUnknown() throws RecordFault {
    var service = next(before.started("ExecStart=/bin/sleep 99"), "ExecStart=/bin/sleep 99");
    assertThat(service.state().sub()).isEqualTo("failed");
    assertThat(service.lastMain().orElseThrow().status()).contains(ExitStatus.UNKNOWN);
  }

  @Test
  void whatAServiceThatStopsHasNotGotYetTheNextDaemonSends() throws RecordFault {
    var left = before.started("ExecStart=/bin/sleep 99");
    int main = left.mainPid();
    after.lives(main, 1, main, RunFixture.INVOCATION);
    after.lives(71, 1, 71, RunFixture.INVOCATION);
    left.stop(false);
    assertThat(before.signals())
        .as("others are being looked for")
        .containsExactly("TERM bin/sleep", "CONT bin/sleep");
    var service = next(left, "ExecStart=/bin/sleep 99");
    assertThat(after.signals()).containsExactly("TERM stranger", "CONT stranger");
    after.ends(main, ExitStatus.killed(15, false));
    after.ends(71, ExitStatus.killed(15, false));
    assertThat(service.state().sub()).isEqualTo("dead");
  }

  @Test
  void whatAServiceThatStopsHasGotTheNextDaemonDoesNotSendAgain() throws RecordFault {
    var left = before.started("ExecStart=/bin/sleep 99");
    int main = left.mainPid();
    after.lives(main, 1, main, RunFixture.INVOCATION);
    left.stop(false);
    before.turn();
    var service = next(left, "ExecStart=/bin/sleep 99");
    assertThat(after.signals()).isEmpty();
    assertThat(service.state().sub()).isEqualTo("stop-sigterm");
  }

  @Test
  void anIdleServiceThatWaitedWaitsAgain() throws RecordFault {
    before.others.ask(JobType.START, UnitName.of("other.service"), JobMode.REPLACE);
    var left = before.started("Type=idle", "ExecStart=/bin/sleep 99");
    assertThat(before.fakes.processes.spawned()).isEmpty();
    var service = next(left, "Type=idle", "ExecStart=/bin/sleep 99");
    after.turn();
    assertThat(service.state().sub()).isEqualTo("running");
    assertThat(after.fakes.processes.spawned()).hasSize(1);
  }

  @Test
  void processesWithoutARecordAreTheService() {
    var service = after.service("ExecStart=/bin/sleep 99");
    after.lives(60, 1, 60, RunFixture.INVOCATION);
    assertThat(service.recover(RunFixture.INVOCATION, List.of(60), 60)).isTrue();
    after.turn();
    assertThat(service.state().sub()).isEqualTo("running");
    assertThat(service.mainPid()).isEqualTo(60);
  }
}
