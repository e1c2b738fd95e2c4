package org.usersvc.systemd.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.SocketController.Passed;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.listen.UnitCommands;
import org.usersvc.systemd.unit.SocketSettings;

/** The commands of a socket unit. */
final class SocketCommandsTest {
  private static final String SLEEP = "bin/sleep";

  @TempDir private Path root;
  private final List<String> told = new ArrayList<>();
  private RunFixture run;
  private SocketCommands commands;

  @BeforeEach
  void begin() {
    run = new RunFixture(root);
    var unit = RunFixture.unit("a.socket", "ListenStream=/run/a");
    commands = new SocketCommands(unit.id(), run.place(), new Told());
  }

  private final class Told implements UnitCommands.Listener {
    @Override
    public void started(ExecStep step, int pid) {
      told.add("started " + step.directive());
    }

    @Override
    public void failed(ExecStep step, ExitStatus status) {
      told.add("failed " + step.directive() + " " + status.code());
    }

    @Override
    public void ended(int pid, ExitStatus status) {
      told.add("ended " + status.code());
    }
  }

  private void order(String command, Passed... passed) {
    var unit = RunFixture.unit("a.socket", "ListenStream=/run/a", "ExecStartPre=" + command);
    var all = ((SocketSettings) unit.settings()).commands();
    var step = ExecStep.START_PRE;
    var line = all.lines().of(step).getFirst();
    commands.run(
        new UnitCommands.Order(step, line, all.exec(), RunFixture.INVOCATION, List.of(passed)));
    run.turn();
  }

  @Test
  void aCommandRunsAsACommandOfTheUnit() {
    order("/bin/sleep 9", new Passed(5000, "web"));
    var variables = run.environment().variables();
    assertThat(variables)
        .containsEntry("INVOCATION_ID", RunFixture.INVOCATION)
        .containsEntry("LISTEN_FDS", "1")
        .containsEntry("LISTEN_FDNAMES", "web");
    var request = run.fakes.processes.spawned().getLast().request();
    assertThat(request.sourceOf(3)).isEqualTo(5000);
    run.exit(SLEEP, 3);
    assertThat(told).containsExactly("started ExecStartPre", "ended 3");
  }

  @Test
  void theLogIsOpenWhileProcessesAre() {
    order("/bin/sleep 9");
    assertThat(run.fakes.places.logs()).containsExactly("a.socket");
    assertThat(run.fakes.processes.spawned().getLast().request().sourceOf(1)).isEqualTo(6000);
    run.exit(SLEEP, 0);
    assertThat(run.fakes.places.logs()).isEmpty();
  }

  @Test
  void aProgramThatIsMissingFailsTheCommandAndLeavesNoLog() {
    order("/nosuch");
    assertThat(told).containsExactly("failed ExecStartPre 203");
    assertThat(run.fakes.places.logs()).isEmpty();
  }

  @Test
  void anAbandonedCommandTellsNothingMore() {
    order("/bin/sleep 9");
    commands.abandon(true);
    assertThat(run.signals()).containsExactly("KILL bin/sleep");
    run.exit(SLEEP, 0);
    assertThat(told).containsExactly("started ExecStartPre");
  }

  @Test
  void signalsReachTheCommandOnlyWhileItLives() {
    assertThat(commands.signal(false, List.of(Signal.TERM))).isFalse();
    assertThat(commands.signal(true, List.of(Signal.TERM))).isFalse();
    order("/bin/sleep 9");
    assertThat(commands.signal(false, List.of(Signal.TERM))).isTrue();
    assertThat(run.signals()).hasSize(1);
    run.exit(SLEEP, 0);
    assertThat(commands.signal(false, List.of(Signal.TERM))).isFalse();
  }

  @Test
  void aCommandThatFollowsWaitsForTheSignalsToAll() {
    order("/bin/sleep 9");
    int pid = run.pid(SLEEP);
    run.fakes.census.lives(new ProcessTable.Entry(pid, 1, pid, pid, 0, RunFixture.INVOCATION));
    assertThat(commands.signal(true, List.of(Signal.KILL))).isTrue();
    order("/bin/true");
    assertThat(run.signals()).hasSize(1);
    assertThat(run.fakes.processes.living()).contains("bin/true");
  }
}
