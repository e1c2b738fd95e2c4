package org.usersvc.systemd.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;

/** Cases of dependencies that were run on systemd 252 and 262, here without processes. */
final class JobCasesTest {
  @Test
  void afterWaitsForTheEndOfAOneshot() {
    var it = new FakeManager("a: Kind=oneshot", "b: After=a", "t.target: Wants=a b; After=a b");
    assertThat(it.start("t.target")).isEqualTo("job 1");
    assertThat(it.trace()).isEqualTo("+a");
    it.set("a", ActiveState.INACTIVE);
    assertThat(it.trace()).isEqualTo("+b +t");
    assertThat(it.result(1)).isEqualTo("done");
  }

  @Test
  void requiresWithoutAfterStartsAtOnceAndSurvivesALaterFailure() {
    var it = new FakeManager("a: Requires=b", "b: Kind=oneshot");
    assertThat(it.start("a")).isEqualTo("done");
    it.set("b", ActiveState.FAILED);
    assertThat(it.state("a")).isEqualTo("active");
  }

  @Test
  void requirerOfAFailingUnitEndsAsDependency() {
    var it = new FakeManager("a: Requires=b; After=b", "b: Kind=failing");
    assertThat(it.start("a")).isEqualTo("dependency");
    assertThat(it.state("a")).isEqualTo("inactive");
    assertThat(it.state("b")).isEqualTo("failed");
  }

  @Test
  void wantsAndAfterOfAFailingUnitGoesOn() {
    var it = new FakeManager("a: Wants=b; After=b", "b: Kind=failing");
    assertThat(it.start("a")).isEqualTo("done");
  }

  @Test
  void aSkippedRequirementDoesNotFailTheRequirer() {
    var it = new FakeManager("a: Requires=b; After=b", "b: Kind=skipped");
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.state("b")).isEqualTo("inactive");
  }

  @Test
  void requisiteOfAnInactiveUnitStartsNothing() {
    var it = new FakeManager("a: Requisite=b; After=b", "b:");
    assertThat(it.start("a")).isEqualTo("dependency");
    assertThat(it.trace()).isEmpty();
  }

  @Test
  void requisiteIsContentWithAStartInTheSameTransaction() {
    var it = new FakeManager("a: Requisite=b; After=b", "b:", "t.target: Wants=a b");
    assertThat(it.start("t.target")).isEqualTo("done");
    assertThat(it.state("a")).isEqualTo("active");
  }

  @Test
  void requisiteOfAOneshotThatEndsInactiveFailsTheRequirer() {
    var it = new FakeManager("a: Requisite=b; After=b", "b: Kind=oneshot", "t.target: Wants=a b");
    assertThat(it.start("t.target")).isEqualTo("done");
    it.events();
    it.set("b", ActiveState.INACTIVE);
    assertThat(it.events()).anyMatch(event -> event.endsWith("dependency"));
    assertThat(it.state("a")).isEqualTo("inactive");
  }

  @Test
  void bindsToStopsWhenTheOtherDies() {
    var it = new FakeManager("a: BindsTo=b; After=b", "b:");
    assertThat(it.start("a")).isEqualTo("done");
    it.set("b", ActiveState.FAILED);
    assertThat(it.state("a")).isEqualTo("inactive");
  }

  @Test
  void bindsToAndAfterAOneshotThatEndsInactiveIsDependency() {
    var it = new FakeManager("a: BindsTo=b; After=b", "b: Kind=oneshot");
    assertThat(it.start("a")).isEqualTo("job 1");
    it.set("b", ActiveState.INACTIVE);
    assertThat(it.result(1)).isEqualTo("dependency");
  }

  @Test
  void partOfPropagatesStopAndRestartNotStart() {
    var it = new FakeManager("a: PartOf=b", "b:");
    it.start("b");
    assertThat(it.state("a")).isEqualTo("inactive");
    it.start("a");
    it.trace();
    assertThat(it.restart("b")).isEqualTo("done");
    assertThat(it.trace().split(" ")).containsExactlyInAnyOrder("-b", "-a", "+b", "+a");
    it.stop("b");
    assertThat(it.state("a")).isEqualTo("inactive");
  }

  @Test
  void restartLeavesAnInactivePartAlone() {
    var it = new FakeManager("a: PartOf=b", "b:");
    it.start("b");
    it.restart("b");
    assertThat(it.state("a")).isEqualTo("inactive");
  }

  @Test
  void requiresFollowsAStopButNotADeath() {
    var it = new FakeManager("a: Requires=b; After=b", "b:");
    it.start("a");
    it.set("b", ActiveState.FAILED);
    assertThat(it.state("a")).isEqualTo("active");
    it.start("b");
    it.stop("b");
    assertThat(it.state("a")).isEqualTo("inactive");
  }

  @Test
  void conflictsWorksBothWays() {
    var it = new FakeManager("a:", "b: Conflicts=a");
    it.start("a");
    it.start("b");
    assertThat(it.state("a")).isEqualTo("inactive");
    it.start("a");
    assertThat(it.state("b")).isEqualTo("inactive");
  }

  @Test
  void contradictionIsRefusedIfRequiredAndDroppedIfWanted() {
    var it = new FakeManager("a: Requires=b c", "w: Requires=b; Wants=c", "b:", "c: Conflicts=b");
    assertThat(it.start("a")).isEqualTo("TransactionJobsConflicting");
    assertThat(it.start("w")).isEqualTo("done");
    assertThat(it.state("b")).isEqualTo("active");
    assertThat(it.state("c")).isEqualTo("inactive");
  }

  @Test
  void stopsWhenTheLastWanterGoes() {
    var it =
        new FakeManager("x.target: StopWhenUnneeded=yes", "a: Wants=x.target", "b: Wants=x.target");
    it.start("a");
    it.start("b");
    it.stop("a");
    assertThat(it.state("x.target")).isEqualTo("active");
    it.stop("b");
    assertThat(it.state("x.target")).isEqualTo("inactive");
  }

  @Test
  void unneededUnitStartedByHandStopsAtOnce() {
    var it = new FakeManager("x.target: StopWhenUnneeded=yes");
    assertThat(it.start("x.target")).isEqualTo("done");
    assertThat(it.trace()).isEqualTo("+x -x");
  }

  @Test
  void aCycleByRequiresIsRefusedOneByWantsBroken() {
    var it =
        new FakeManager(
            "a: Requires=b; After=b",
            "b: Requires=a; After=a",
            "c: Wants=d; After=d",
            "d: Wants=c; After=c");
    assertThat(it.start("a")).isEqualTo("TransactionOrderIsCyclic");
    assertThat(it.start("c")).isEqualTo("done");
    assertThat(it.state("d")).isEqualTo("inactive");
  }

  @Test
  void chainStopsInReverseAndStartsInOrder() {
    var it = new FakeManager("a: Requires=b; After=b", "b: Requires=c; After=c", "c:");
    it.start("a");
    assertThat(it.trace()).isEqualTo("+c +b +a");
    it.restart("c");
    assertThat(it.trace()).isEqualTo("-a -b -c +c +b +a");
  }

  @Test
  void stopOrderIsTheReverseOfStartOrder() {
    var it =
        new FakeManager(
            "a: After=b",
            "b: After=c",
            "c:",
            "t.target: Requires=a b c",
            "z.target: Conflicts=a b c");
    it.start("t.target");
    assertThat(it.trace().replace("+t", "").strip().replace("  ", " ")).isEqualTo("+c +b +a");
    it.start("z.target");
    assertThat(it.trace()).contains("-a -b -c");
  }

  @Test
  void onFailureAndOnSuccessStartTheirUnits() {
    var it = new FakeManager("a: OnFailure=f; OnSuccess=s", "f: Kind=oneshot", "s: Kind=oneshot");
    it.start("a");
    it.set("a", ActiveState.FAILED);
    assertThat(it.trace()).isEqualTo("+a +f");
    it.start("a");
    it.set("a", ActiveState.INACTIVE);
    assertThat(it.trace()).isEqualTo("+a +s");
  }

  @Test
  void onFailureAlsoFiresAfterAFailedDependency() {
    var it =
        new FakeManager(
            "a: OnFailure=f; Requires=x; After=x", "x: Kind=failing", "f: Kind=oneshot");
    assertThat(it.start("a")).isEqualTo("dependency");
    assertThat(it.trace()).isEqualTo("+x +f");
  }

  @Test
  void aManualStopIsNoFailure() {
    var it = new FakeManager("a: OnFailure=f", "f:");
    it.start("a");
    it.stop("a");
    assertThat(it.state("f")).isEqualTo("inactive");
  }

  @Test
  void noOnFailureWhileTheUnitRestartsItself() {
    var it = new FakeManager("a: OnFailure=f", "f:");
    it.start("a");
    it.units.setRestartsItself(FakeUnits.name("a"), true);
    it.set("a", ActiveState.FAILED);
    assertThat(it.state("f")).isEqualTo("inactive");
  }

  @Test
  void upholdsStartsAgainWhatStopped() {
    var it = new FakeManager("a: Upholds=b", "b:");
    it.start("a");
    it.trace();
    it.stop("b");
    assertThat(it.trace()).isEqualTo("-b +b");
  }

  @Test
  void propagatesStopToOnStopAndOnDeath() {
    var it = new FakeManager("a: PropagatesStopTo=b", "b:");
    it.start("a");
    it.start("b");
    it.stop("a");
    assertThat(it.state("b")).isEqualTo("inactive");
    it.start("a");
    it.start("b");
    it.set("a", ActiveState.FAILED);
    assertThat(it.state("b")).isEqualTo("inactive");
  }

  @Test
  void missingWantsIsIgnoredMissingRequiresRefused() {
    var it = new FakeManager("a: Wants=nope", "b: Requires=nope", "c: Wants=b");
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.start("b")).isEqualTo("NoSuchUnit");
    assertThat(it.start("c")).isEqualTo("done");
    assertThat(it.state("b")).isEqualTo("inactive");
  }

  @Test
  void aTargetFailsWithWhatItRequires() {
    var it = new FakeManager("t.target: Requires=a; After=a", "a: Kind=failing");
    assertThat(it.start("t.target")).isEqualTo("dependency");
    assertThat(it.state("t.target")).isEqualTo("inactive");
  }

  @Test
  void aTargetWithoutOrderDoesNotWaitForWhatItWants() {
    var it = new FakeManager("t.target: Wants=a", "a: Kind=oneshot");
    assertThat(it.start("t.target")).isEqualTo("done");
  }

  @Test
  void restartPropagatesToRequirers() {
    var it = new FakeManager("a: Requires=b", "b:");
    it.start("a");
    it.trace();
    assertThat(it.restart("b")).isEqualTo("done");
    assertThat(it.trace()).contains("-a").contains("+a");
  }

  @Test
  void orderHoldsBetweenSeparatelyAskedJobs() {
    var it = new FakeManager("a: Kind=oneshot", "b: After=a");
    it.start("a");
    assertThat(it.start("b")).isEqualTo("job 2");
    it.set("a", ActiveState.INACTIVE);
    assertThat(it.result(2)).isEqualTo("done");
  }

  @Test
  void modeFailHasMinimalImpact() {
    var it = new FakeManager("a: Wants=b", "b:", "c: Conflicts=b");
    it.start("c");
    assertThat(it.ask(JobType.START, "a", JobMode.FAIL)).isEqualTo("done");
    assertThat(it.state("b")).isEqualTo("active");
    assertThat(it.state("c")).isEqualTo("active");
    assertThat(it.ask(JobType.START, "b", JobMode.FAIL)).isEqualTo("done");
    assertThat(it.state("c")).isEqualTo("active");
  }

  @Test
  void dependentsFollowARestartThatFollowsADeath() {
    var it = new FakeManager("a: PartOf=b", "b:");
    it.start("b");
    it.start("a");
    it.units.setRestartsItself(FakeUnits.name("b"), true);
    it.set("b", ActiveState.ACTIVATING);
    it.trace();
    it.units.setRestartsItself(FakeUnits.name("b"), false);
    assertThat(it.ask(JobType.RESTART, "b", JobMode.REPLACE)).isNotEmpty();
    assertThat(it.trace()).contains("-a").contains("+a").contains("+b");
  }

  @Test
  void unexpectedActivationStartsItsRequirementsAndStopsItsConflicts() {
    var it = new FakeManager("a: Requires=b; Wants=c; Conflicts=d", "b:", "c:", "d: State=active");
    it.set("a", ActiveState.ACTIVE);
    assertThat(it.state("b")).isEqualTo("active");
    assertThat(it.state("c")).isEqualTo("active");
    assertThat(it.state("d")).isEqualTo("inactive");
  }
}
