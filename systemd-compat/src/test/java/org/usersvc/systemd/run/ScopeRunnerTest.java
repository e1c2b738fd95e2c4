package org.usersvc.systemd.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;

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
  void processesWithTheIdOfTheScopeAreItsOwnToo() {
    var scope = started();
    run.lives(2_000_002, 2_000_001, 2_000_001, "id");
    run.lives(2_000_003, 1, 2_000_003, "id");
    run.lives(2_000_004, 2_000_001, 2_000_001, "another");
    var found = new ArrayList<Set<Integer>>();
    scope.processes(found::add);
    run.turn();
    assertThat(found).containsExactly(Set.of(2_000_001, 2_000_002, 2_000_003));
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
  void aScopeTakesAProcessOutOfAnother() {
    var outer = started();
    run.lives(2_000_002, 2_000_001, 2_000_002, null);
    run.lives(2_000_003, 2_000_002, 2_000_002, null);
    var inner = scope();
    inner.attach(List.of(2_000_002));
    inner.start("other");
    run.turn();
    var found = new ArrayList<Set<Integer>>();
    outer.processes(found::add);
    inner.processes(found::add);
    run.turn();
    assertThat(found).containsExactly(Set.of(2_000_001), Set.of(2_000_002, 2_000_003));
    assertThat(inner.has(2_000_003)).isTrue();
    assertThat(outer.has(2_000_002)).isFalse();
  }

  @Test
  void aScopeWhoseProcessesAnotherHasTakenEnds() {
    started();
    var inner = scope();
    inner.attach(List.of(2_000_001));
    inner.start("other");
    run.turn();
    assertThat(run.reports.take())
        .containsExactly("running", "START DONE", "running", "START DONE", "dead");
    assertThat(inner.state().sub()).isEqualTo("running");
  }

  @Test
  void whichProcessesAreItsOwnOutlivesTheDaemon() throws RecordFault {
    var outer = started();
    run.lives(2_000_002, 2_000_001, 2_000_002, null);
    var inner = scope();
    inner.attach(List.of(2_000_002));
    inner.start("other");
    run.turn();
    var records = List.of(new Fields(), new Fields());
    outer.record(records.getFirst());
    inner.record(records.getLast());
    var next = new RunFixture(root.resolve("next"));
    next.lives(2_000_001, 1, 2_000_001, null);
    next.lives(2_000_002, 2_000_001, 2_000_002, null);
    var scopes = new ArrayList<ScopeRunner>();
    for (var record : records) {
      var unit = RunFixture.unit("b.scope");
      var scope = new ScopeRunner(next.place(), unit, next.reports);
      scope.resume(record);
      scopes.add(scope);
    }
    next.turn();
    assertThat(scopes.getFirst().has(2_000_002)).isFalse();
    assertThat(scopes.getLast().has(2_000_002)).isTrue();
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
