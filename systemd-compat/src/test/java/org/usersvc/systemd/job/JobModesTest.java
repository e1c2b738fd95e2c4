package org.usersvc.systemd.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;

/** Modes, refusals and joining, as systemd 252 and 262 answered. */
final class JobModesTest {
  @Test
  void manualJobsAreRefusedWhereOnlyDependenciesMayAsk() {
    var it =
        new FakeManager(
            "s: RefuseManualStart=yes", "p: RefuseManualStop=yes", "a: Requires=s; Conflicts=p");
    assertThat(it.start("s")).isEqualTo("OnlyByDependency");
    assertThat(it.restart("s")).isEqualTo("OnlyByDependency");
    assertThat(it.start("p")).isEqualTo("done");
    assertThat(it.stop("p")).isEqualTo("OnlyByDependency");
    assertThat(it.restart("p")).isEqualTo("OnlyByDependency");
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.state("s")).isEqualTo("active");
    assertThat(it.state("p")).isEqualTo("inactive");
  }

  @Test
  void modeFailRefusesWhatReplaceCancels() {
    var it = new FakeManager("a: Kind=oneshot");
    assertThat(it.start("a")).isEqualTo("job 1");
    assertThat(it.ask(JobType.STOP, "a", JobMode.FAIL)).isEqualTo("TransactionIsDestructive");
    assertThat(it.stop("a")).isEqualTo("done");
    assertThat(it.result(1)).isEqualTo("canceled");
    assertThat(it.state("a")).isEqualTo("failed");
  }

  @Test
  void anIrreversibleJobResistsAndEndsDone() {
    var it = new FakeManager("a: Kind=oneshot", "b: Conflicts=a");
    assertThat(it.ask(JobType.START, "a", JobMode.REPLACE_IRREVERSIBLY)).isEqualTo("job 1");
    assertThat(it.stop("a")).isEqualTo("TransactionIsDestructive");
    assertThat(it.ask(JobType.START, "b", JobMode.REPLACE_IRREVERSIBLY))
        .isEqualTo("TransactionIsDestructive");
    it.set("a", ActiveState.INACTIVE);
    assertThat(it.result(1)).isEqualTo("done");
  }

  @Test
  void irreversibleJobsCanBeCancelledById() {
    var it = new FakeManager("a: Kind=oneshot", "b: Requires=a; After=a");
    it.ask(JobType.START, "b", JobMode.REPLACE_IRREVERSIBLY);
    var a = it.queue.jobOf(FakeUnits.name("a")).orElseThrow();
    it.queue.cancel(a.id());
    assertThat(it.result(a.id())).isEqualTo("canceled");
    assertThat(it.result(1)).isEqualTo("dependency");
    assertThat(it.queue.jobs()).isEmpty();
  }

  @Test
  void ignoringRequirementsKeepsTheOrderIgnoringDependenciesDoesNot() {
    var it = new FakeManager("a: Requires=gone; After=slow", "slow: Kind=oneshot");
    assertThat(it.start("a")).isEqualTo("NoSuchUnit");
    it.start("slow");
    assertThat(it.ask(JobType.START, "a", JobMode.IGNORE_REQUIREMENTS)).isEqualTo("job 2");
    assertThat(it.ask(JobType.START, "a", JobMode.IGNORE_DEPENDENCIES)).isEqualTo("done");
    assertThat(it.result(2)).isEqualTo("done");
  }

  @Test
  void isolateNeedsPermissionAndAStart() {
    var it = new FakeManager("a:", "t.target: AllowIsolate=yes");
    assertThat(it.ask(JobType.START, "a", JobMode.ISOLATE)).isEqualTo("NoIsolation");
    assertThat(it.ask(JobType.STOP, "t.target", JobMode.ISOLATE)).isEqualTo("InvalidArgs");
    assertThat(it.ask(JobType.START, "a", JobMode.TRIGGERING)).isEqualTo("InvalidArgs");
    assertThat(it.ask(JobType.STOP, "a", JobMode.RESTART_DEPENDENCIES)).isEqualTo("InvalidArgs");
  }

  @Test
  void isolateStopsAllOthersButThoseThatIgnoreIt() {
    var it =
        new FakeManager(
            "t.target: AllowIsolate=yes; Wants=a",
            "a:",
            "b: State=active",
            "c: State=active; IgnoreOnIsolate=yes",
            "d: Kind=oneshot",
            "e: State=active; TriggeredBy=a.socket",
            "a.socket: State=active; IgnoreOnIsolate=yes");
    it.start("d");
    assertThat(it.ask(JobType.START, "t.target", JobMode.ISOLATE)).isEqualTo("done");
    assertThat(it.state("a")).isEqualTo("active");
    assertThat(it.state("b")).isEqualTo("inactive");
    assertThat(it.state("c")).isEqualTo("active");
    assertThat(it.result(1)).isEqualTo("canceled");
  }

  @Test
  void flushCancelsWhatIsQueued() {
    var it = new FakeManager("a: Kind=oneshot", "b: After=a", "c:");
    it.start("a");
    it.start("b");
    assertThat(it.ask(JobType.START, "c", JobMode.FLUSH)).isEqualTo("done");
    assertThat(it.result(1)).isEqualTo("canceled");
    assertThat(it.result(2)).isEqualTo("canceled");
  }

  @Test
  void triggeringAlsoStopsTheTrigger() {
    var it = new FakeManager("a: State=active; TriggeredBy=a.socket", "a.socket: State=active");
    assertThat(it.ask(JobType.STOP, "a", JobMode.TRIGGERING)).isEqualTo("done");
    assertThat(it.state("a.socket")).isEqualTo("inactive");
  }

  @Test
  void restartDependenciesRestartsWhatDependsOnTheUnit() {
    var it = new FakeManager("a: Requires=b", "b:");
    it.start("a");
    it.set("b", ActiveState.INACTIVE);
    it.trace();
    assertThat(it.ask(JobType.START, "b", JobMode.RESTART_DEPENDENCIES)).isEqualTo("done");
    assertThat(it.trace().split(" ")).contains("-a", "+a", "+b");
  }

  @Test
  void lenientStopsNothingElse() {
    var it = new FakeManager("a: Conflicts=b", "b: State=active");
    assertThat(it.ask(JobType.START, "a", JobMode.LENIENT)).isEqualTo("TransactionIsDestructive");
    it.set("b", ActiveState.INACTIVE);
    assertThat(it.ask(JobType.START, "a", JobMode.LENIENT)).isEqualTo("done");
  }

  @Test
  void whatIsSoAlreadyIsDoneWithoutWork() {
    var it = new FakeManager("a:");
    assertThat(it.stop("a")).isEqualTo("done");
    it.start("a");
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.trace()).isEqualTo("+a");
    assertThat(it.restart("a")).isEqualTo("done");
    assertThat(it.trace()).isEqualTo("-a +a");
  }

  @Test
  void unitsThatCannotBeLoadedHaveErrorsOfTheirOwn() {
    var it = new FakeManager("m: Load=masked", "b: Load=bad-setting", "e: Load=error");
    assertThat(it.start("none")).isEqualTo("NoSuchUnit");
    assertThat(it.stop("none")).isEqualTo("NoSuchUnit");
    assertThat(it.start("m")).isEqualTo("UnitMasked");
    assertThat(it.stop("m")).isEqualTo("done");
    assertThat(it.start("b")).isEqualTo("BadUnitSetting");
    assertThat(it.start("e")).isEqualTo("LoadFailed");
  }

  @Test
  void aSecondStartJoinsTheRunningJob() {
    var it = new FakeManager("a: Kind=oneshot");
    assertThat(it.start("a")).isEqualTo("job 1");
    assertThat(it.start("a")).isEqualTo("job 1");
    assertThat(it.trace()).isEqualTo("+a");
  }

  @Test
  void reloadAndTryTypesFollowTheState() {
    var it = new FakeManager("a:", "r: CanReload=yes");
    assertThat(it.ask(JobType.RELOAD, "a", JobMode.REPLACE)).isEqualTo("JobTypeNotApplicable");
    assertThat(it.ask(JobType.TRY_RESTART, "a", JobMode.REPLACE)).isEqualTo("done");
    assertThat(it.state("a")).isEqualTo("inactive");
    assertThat(it.ask(JobType.RELOAD, "r", JobMode.REPLACE)).isEqualTo("invalid");
    assertThat(it.ask(JobType.RELOAD_OR_START, "r", JobMode.REPLACE)).isEqualTo("done");
    assertThat(it.ask(JobType.RELOAD_OR_START, "r", JobMode.REPLACE)).isEqualTo("done");
    assertThat(it.trace()).isEqualTo("+r ~r");
  }

  @Test
  void reloadPropagates() {
    var it =
        new FakeManager(
            "a: CanReload=yes; State=active; PropagatesReloadTo=b c d",
            "b: CanReload=yes; State=active",
            "c: CanReload=yes",
            "d: State=active");
    assertThat(it.ask(JobType.RELOAD, "a", JobMode.REPLACE)).isEqualTo("done");
    assertThat(it.trace()).isEqualTo("~a ~b");
  }

  @Test
  void eventsComeInOrder() {
    var it = new FakeManager("a: Requires=b; After=b", "b: Kind=failing");
    it.start("a");
    assertThat(it.events())
        .containsExactly(
            "new 1 a/start",
            "new 2 b/start",
            "changed 2 start running",
            "removed 2 failed",
            "removed 1 dependency");
  }

  @Test
  void aRestartIsOneJob() {
    var it = new FakeManager("a: State=active");
    it.restart("a");
    assertThat(it.events())
        .containsExactly(
            "new 1 a/restart",
            "changed 1 restart running",
            "changed 1 start waiting",
            "changed 1 start running",
            "removed 1 done");
  }
}
