package org.usersvc.systemd.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;

/** Cases of jobs that were run on systemd 252 and 262, from unit files on. */
final class EngineCasesTest {
  @TempDir Path root;

  private EngineFixture with(String... lines) {
    return new EngineFixture(root, lines);
  }

  @Test
  void afterWaitsForTheEndOfAOneshot() {
    var it = with("a: Type=oneshot", "b: After=a", "t.target: Wants=a b");
    assertThat(it.start("t.target")).isEqualTo("job 1");
    assertThat(it.trace()).isEqualTo("+a");
    it.set("a", ActiveState.INACTIVE);
    assertThat(it.trace()).isEqualTo("+b");
    assertThat(it.result(1)).isEqualTo("done");
  }

  @Test
  void requirerOfAFailingUnitEndsAsDependency() {
    var it = with("a: Requires=b; After=b", "b: ExecStart=/bin/false");
    assertThat(it.start("a")).isEqualTo("dependency");
    assertThat(it.state("b")).isEqualTo("failed");
    assertThat(it.trace()).isEqualTo("+b");
  }

  @Test
  void aSkippedRequirementDoesNotFailTheRequirer() {
    var it = with("a: Requires=b; After=b", "b: ConditionEnvironment=MISSING");
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.state("a")).isEqualTo("active");
    assertThat(it.trace()).isEqualTo("+a");
  }

  @Test
  void conditionsReadTheEnvironmentAtEachStart() {
    var it = with("a: ConditionEnvironment=SOMETHING");
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.trace()).isEmpty();
    it.facts.environment.put("SOMETHING", "here");
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.state("a")).isEqualTo("active");
  }

  @Test
  void anUnmetAssertFailsTheJobButNotTheUnit() {
    var it = with("a: AssertEnvironment=MISSING");
    assertThat(it.start("a")).isEqualTo("assert");
    assertThat(it.trace()).isEmpty();
  }

  @Test
  void requisiteIsContentWithAStartInTheSameTransaction() {
    var it = with("a: Requisite=b; After=b", "b:", "t.target: Wants=a b");
    assertThat(it.start("t.target")).isEqualTo("done");
    assertThat(it.state("a")).isEqualTo("active");
  }

  @Test
  void bindsToStopsWhenTheOtherDies() {
    var it = with("a: BindsTo=b; After=b", "b:");
    assertThat(it.start("a")).isEqualTo("done");
    it.set("b", ActiveState.FAILED);
    assertThat(it.trace()).isEqualTo("+b +a -a");
  }

  @Test
  void partOfSaidByTheOtherFilePropagates() {
    var it = with("a: PartOf=b", "b: Wants=a");
    it.start("b");
    it.trace();
    assertThat(it.restart("b")).isEqualTo("done");
    assertThat(it.trace().split(" ")).containsExactlyInAnyOrder("-b", "-a", "+b", "+a");
    it.stop("b");
    assertThat(it.trace().split(" ")).containsExactlyInAnyOrder("-b", "-a");
  }

  @Test
  void conflictsWorksBothWays() {
    var it = with("a:", "b: Conflicts=a");
    it.start("a");
    it.start("b");
    assertThat(it.state("a")).isIn("inactive", "-");
    it.start("a");
    assertThat(it.state("b")).isIn("inactive", "-");
    assertThat(it.state("a")).isEqualTo("active");
  }

  @Test
  void contradictionIsRefusedIfRequired() {
    var it = with("a: Requires=b c", "b:", "c: Conflicts=b");
    assertThat(it.start("a")).isEqualTo("TransactionJobsConflicting");
  }

  @Test
  void stopsWhenTheLastWanterGoes() {
    var it = with("x.target: StopWhenUnneeded=yes", "a: Wants=x.target", "b: Wants=x.target");
    it.start("a");
    it.start("b");
    it.stop("a");
    assertThat(it.state("x.target")).isEqualTo("active");
    it.stop("b");
    assertThat(it.state("x.target")).isEqualTo("-");
  }

  @Test
  void refusesWhatOnlyDependenciesMayDo() {
    var it = with("a: RefuseManualStart=yes", "b: Requires=a");
    assertThat(it.start("a")).isEqualTo("OnlyByDependency");
    assertThat(it.start("b")).isEqualTo("done");
  }

  @Test
  void chainStopsInReverseAndStartsInOrder() {
    var it = with("a: Requires=b; After=b", "b: Requires=c; After=c", "c:");
    it.start("a");
    assertThat(it.trace()).isEqualTo("+c +b +a");
    it.restart("c");
    assertThat(it.trace()).isEqualTo("-a -b -c +c +b +a");
  }

  @Test
  void aCycleByRequiresIsRefusedOneByWantsBroken() {
    var it =
        with(
            "a: Requires=b; After=b",
            "b: Requires=a; After=a",
            "c: Wants=d; After=d",
            "d: Wants=c; After=c");
    assertThat(it.start("a")).isEqualTo("TransactionOrderIsCyclic");
    assertThat(it.start("c")).isEqualTo("done");
  }

  @Test
  void modeFailIsRefusedAgainstARunningJobAndReplaceTakesItsPlace() {
    var it = with("a: Type=oneshot");
    assertThat(it.start("a")).isEqualTo("job 1");
    assertThat(it.ask(JobType.STOP, "a", JobMode.FAIL)).isEqualTo("TransactionIsDestructive");
    assertThat(it.stop("a")).isEqualTo("done");
    assertThat(it.result(1)).isEqualTo("canceled");
    assertThat(it.state("a")).isEqualTo("failed");
  }

  @Test
  void aSecondStartJoinsTheRunningJob() {
    var it = with("a: Type=oneshot");
    assertThat(it.start("a")).isEqualTo("job 1");
    assertThat(it.start("a")).isEqualTo("job 1");
    it.set("a", ActiveState.ACTIVE);
    assertThat(it.result(1)).isEqualTo("done");
  }

  @Test
  void namesWhatCannotBeStarted() {
    var it = with("bad: Type=oneshot; Restart=always", "t@:");
    assertThat(it.start("x")).isEqualTo("NoSuchUnit");
    assertThat(it.start("bad")).isEqualTo("BadUnitSetting");
    assertThat(it.start("t@.service")).isEqualTo("InvalidArgs");
    it.tree.link(it.tree.config() + "/masked.service", "/dev/null");
    assertThat(it.start("masked")).isEqualTo("UnitMasked");
    assertThat(it.start("t@one")).isEqualTo("done");
  }

  @Test
  void reloadAppliesOnlyToWhatCanAndRuns() {
    var it = with("a:", "b: ExecReload=/bin/true");
    assertThat(it.ask(JobType.RELOAD, "a", JobMode.REPLACE)).isEqualTo("JobTypeNotApplicable");
    assertThat(it.ask(JobType.RELOAD, "b", JobMode.REPLACE)).isEqualTo("invalid");
    it.start("b");
    assertThat(it.ask(JobType.RELOAD, "b", JobMode.REPLACE)).isEqualTo("done");
    assertThat(it.trace()).isEqualTo("+b ~b");
  }

  @Test
  void onFailureAndOnSuccessStartTheirUnits() {
    var it = with("a: Type=oneshot; OnFailure=f; OnSuccess=s", "f:", "s:");
    it.start("a");
    it.set("a", ActiveState.FAILED);
    assertThat(it.trace()).isEqualTo("+a +f");
    it.start("a");
    it.set("a", ActiveState.INACTIVE);
    assertThat(it.trace()).isEqualTo("+a +s");
  }

  @Test
  void upholdsStartsAgainWhatStopped() {
    var it = with("a: Upholds=b", "b:");
    it.start("a");
    assertThat(it.state("b")).isEqualTo("active");
    it.set("b", ActiveState.INACTIVE);
    assertThat(it.trace()).endsWith(" +b").contains("+a");
    assertThat(it.state("b")).isEqualTo("active");
  }

  @Test
  void missingWantsIsIgnoredMissingRequiresRefused() {
    var it = with("a: Wants=gone", "b: Requires=gone");
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.start("b")).isEqualTo("NoSuchUnit");
  }

  @Test
  void aTargetWaitsForWhatItWantsUnlessWithoutDefaults() {
    var it =
        with("a: Type=oneshot", "t.target: Wants=a", "u.target: Wants=a; DefaultDependencies=no");
    assertThat(it.start("t.target")).isEqualTo("job 1");
    assertThat(it.start("u.target")).isEqualTo("done");
    it.set("a", ActiveState.INACTIVE);
    assertThat(it.result(1)).isEqualTo("done");
  }

  @Test
  void orderHoldsBetweenJobsThatWereAskedSeparately() {
    var it = with("a: Type=oneshot", "b: After=a");
    it.start("a");
    it.start("b");
    assertThat(it.trace()).isEqualTo("+a");
    it.set("a", ActiveState.INACTIVE);
    assertThat(it.trace()).isEqualTo("+b");
  }

  @Test
  void isolateStopsWhatTheTargetDoesNotPull() {
    var it = with("a:", "b:", "t.target: Wants=b; AllowIsolate=yes");
    it.start("a");
    assertThat(it.ask(JobType.START, "a", JobMode.ISOLATE)).isEqualTo("NoIsolation");
    assertThat(it.ask(JobType.START, "t.target", JobMode.ISOLATE)).isEqualTo("done");
    assertThat(it.trace().split(" ")).containsExactlyInAnyOrder("+a", "-a", "+b");
    assertThat(it.state("b")).isEqualTo("active");
  }
}
