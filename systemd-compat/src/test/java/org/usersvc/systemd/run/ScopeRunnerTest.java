package org.usersvc.systemd.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.ExitStatus;

/** Scopes on fakes. */
final class ScopeRunnerTest {
  @TempDir private Path root;
  private RunFixture run;

  @BeforeEach
  void begin() {
    run = new RunFixture(root);
  }

  private ScopeRunner scope(String... lines) {
    return new ScopeRunner(run.place(), RunFixture.unit("b.scope", lines), run.reports);
  }

  private ScopeRunner started(String... lines) {
    run.lives(2_000_001, 1, 2_000_001, null);
    var scope = scope(lines);
    scope.attach(List.of(2_000_001));
    scope.start("id");
    run.turn();
    return scope;
  }

  @Test
  void aScopeIsActiveUntilItsLastProcessHasEnded() {
    started();
    run.lives(2_000_002, 2_000_001, 2_000_002, null);
    assertThat(run.reports.take()).containsExactly("running", "START DONE");
    run.fakes.census.ends(2_000_001);
    run.lives(2_000_003, 1, 2_000_001, null);
    run.ends(2_000_001, ExitStatus.exited(0));
    assertThat(run.reports.take()).isEmpty();
    run.ends(2_000_003, ExitStatus.exited(0));
    assertThat(run.reports.take()).containsExactly("dead");
  }

  @Test
  void aScopeWithoutAProcessEndsAtOnce() {
    var scope = scope();
    scope.attach(List.of(2_000_009));
    scope.start("id");
    run.turn();
    assertThat(run.reports.take()).containsExactly("running", "START DONE", "dead");
  }

  @Test
  void aStopEndsAllProcessesThenKillsThem() {
    var scope = started("TimeoutStopSec=1");
    run.lives(2_000_002, 2_000_001, 2_000_002, null);
    scope.stop(false);
    run.turn();
    assertThat(run.signals())
        .containsExactly("TERM stranger", "TERM stranger", "CONT stranger", "CONT stranger");
    run.ends(2_000_002, ExitStatus.exited(0));
    run.pass(Duration.ofSeconds(1));
    assertThat(run.signals()).containsExactly("KILL stranger");
    run.ends(2_000_001, ExitStatus.exited(0));
    assertThat(run.reports.take())
        .containsExactly(
            "running", "START DONE", "stop-sigterm", "stop-sigkill", "failed", "STOP DONE");
    assertThat(scope.result()).isEqualTo("timeout");
  }

  @Test
  void anAbandonedScopeIsStillActive() {
    var scope = started();
    scope.abandon();
    assertThat(scope.state().sub()).isEqualTo("abandoned");
    run.ends(2_000_001, ExitStatus.exited(0));
    assertThat(run.reports.take()).endsWith("abandoned", "dead");
  }

  @Test
  void aScopeThatRunsTooLongIsEnded() {
    started("RuntimeMaxSec=5");
    run.pass(Duration.ofSeconds(5));
    assertThat(run.signals()).containsExactly("TERM stranger", "CONT stranger");
  }

  @Test
  void processesOfAScopeAreNoMoreThoseOfTheServiceThatHasStartedThem() {
    var service = run.started("ExecStart=/bin/sleep 99");
    int main = run.pid("bin/sleep");
    run.lives(2_000_001, main, 2_000_001, RunFixture.INVOCATION);
    run.lives(2_000_002, 2_000_001, 2_000_001, null);
    var scope = scope();
    scope.attach(List.of(2_000_001));
    scope.start("id");
    service.stop(false);
    run.turn();
    assertThat(run.signals()).containsExactly("TERM bin/sleep", "CONT bin/sleep");
    assertThat(scope.state().sub()).isEqualTo("running");
  }
}
