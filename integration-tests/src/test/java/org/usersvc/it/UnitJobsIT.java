package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one unit is to another, by systemctl: every kind of dependency, orders, and job modes. */
@ExtendWith(TreeExtension.class)
final class UnitJobsIT {
  private static Units units(Tree tree) throws IOException {
    return Units.of(tree);
  }

  @Test
  void afterWaitsForTheEndOfAOneshot(Tree tree) throws IOException {
    var units =
        units(tree)
            .waiting("first")
            .oneshot("second", "After=first.service")
            .target("both", "Wants=first.service second.service")
            .start();
    units.systemctl("start", "--no-block", "both.target").expect(0);
    units.awaitState("first.service", "activating/start");
    assertThat(units.systemctl("list-jobs").expect(0).out())
        .containsPattern("first\\.service +start +running")
        .containsPattern("second\\.service +start +waiting");
    units.go().awaitTrace("first", "second");
    units.awaitState("both.target", "active/active");
  }

  @Test
  void requiresAloneStartsBothAtOnce(Tree tree) throws IOException {
    var units = units(tree).waiting("late").steady("eager", "Requires=late.service").start();
    units.systemctl("start", "eager.service").expect(0);
    units.expectStates("activating/start", "late.service");
    units.expectStates("active/running", "eager.service");
    units.go().awaitTrace("+eager", "late");
  }

  @Test
  void whatIsAfterAFailedRequirementIsNotStarted(Tree tree) throws IOException {
    var units =
        units(tree).failing("bad").steady("good", "Requires=bad.service", "After=bad.service");
    units.start();
    var ran = units.systemctl("start", "good.service").expect(1);
    assertThat(ran.err()).contains("A dependency job for good.service failed.");
    units.expectStates("inactive/dead", "good.service");
    units.expectStates("failed/failed", "bad.service");
    assertThat(units.traced()).isEmpty();
  }

  @Test
  void whatIsOnlyWantedMayFail(Tree tree) throws IOException {
    var units = units(tree).failing("bad").steady("good", "Wants=bad.service", "After=bad.service");
    units.start().systemctl("start", "good.service").expect(0);
    units.expectStates("active/running", "good.service");
    units.expectStates("failed/failed", "bad.service");
  }

  @Test
  void whatAConditionSkipsFailsNobody(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("skipped", "ConditionPathExists=/nonexistent")
            .steady("good", "Requires=skipped.service", "After=skipped.service");
    units.start().systemctl("start", "good.service").expect(0);
    units.expectStates("active/running", "good.service");
    units.expectStates("inactive/dead", "skipped.service");
    assertThat(units.property("skipped.service", "ConditionResult")).isEqualTo("no");
  }

  @Test
  void aFailedAssertFailsTheJob(Tree tree) throws IOException {
    var units = units(tree).steady("asserted", "AssertPathExists=/nonexistent").start();
    assertThat(units.systemctl("start", "asserted.service").expect(1).err())
        .contains("Assertion failed on job for asserted.service.");
    units.expectStates("inactive/dead", "asserted.service");
  }

  @Test
  void requisiteStartsNothing(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("base")
            .steady("good", "Requisite=base.service", "After=base.service")
            .start();
    units.systemctl("start", "good.service").expect(1);
    assertThat(units.traced()).isEmpty();
    units.systemctl("start", "base.service").expect(0);
    units.systemctl("start", "good.service").expect(0);
    units.systemctl("stop", "base.service").expect(0);
    units.awaitState("good.service", "inactive/dead");
    units.awaitTrace("+base", "+good", "-good", "-base");
  }

  @Test
  void requisiteIsContentWithAStartOfTheSameTransaction(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("base")
            .steady("good", "Requisite=base.service", "After=base.service")
            .target("both", "Wants=base.service good.service")
            .start();
    units.systemctl("start", "both.target").expect(0);
    units.expectStates("active/running", "base.service", "good.service");
  }

  @Test
  void bindsToFollowsADeath(Tree tree) throws IOException {
    var units =
        units(tree).steady("base").steady("bound", "BindsTo=base.service", "After=base.service");
    units.start().systemctl("start", "bound.service").expect(0);
    units.kill("base.service", "KILL");
    units.awaitState("base.service", "failed/failed");
    units.awaitState("bound.service", "inactive/dead");
  }

  @Test
  void requiresFollowsAStopButNoDeath(Tree tree) throws IOException {
    var units =
        units(tree).steady("base").steady("good", "Requires=base.service", "After=base.service");
    units.start().systemctl("start", "good.service").expect(0);
    units.kill("base.service", "KILL");
    units.awaitState("base.service", "failed/failed");
    units.expectStates("active/running", "good.service");
    units.systemctl("start", "base.service").expect(0);
    units.systemctl("stop", "base.service").expect(0);
    units.awaitTrace("+base", "+good", "-base", "+base", "-good", "-base");
  }

  @Test
  void partOfFollowsStopsAndRestartsButNoStart(Tree tree) throws IOException {
    var units = units(tree).steady("whole").steady("part", "PartOf=whole.service");
    units.start().systemctl("start", "whole.service").expect(0);
    units.systemctl("restart", "whole.service").expect(0);
    units.expectStates("inactive/dead", "part.service");
    units.systemctl("start", "part.service").expect(0);
    int before = units.pid("part.service");
    units.systemctl("restart", "whole.service").expect(0);
    units.awaitPidAfter("part.service", before);
    units.systemctl("stop", "whole.service").expect(0);
    units.awaitState("part.service", "inactive/dead");
  }

  @Test
  void conflictsWorkBothWays(Tree tree) throws IOException {
    var units = units(tree).steady("day").steady("night", "Conflicts=day.service");
    units.start().systemctl("start", "day.service").expect(0);
    units.systemctl("start", "night.service").expect(0);
    units.awaitState("day.service", "inactive/dead");
    units.systemctl("start", "day.service").expect(0);
    units.awaitState("night.service", "inactive/dead");
    units.expectStates("active/running", "day.service");
  }

  @Test
  void aContradictionIsRefused(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("a")
            .steady("b", "Conflicts=a.service")
            .target("both", "Requires=a.service b.service")
            .target("either", "Wants=a.service b.service")
            .start();
    units.systemctl("start", "both.target").expect(1);
    assertThat(units.traced()).isEmpty();
    units.systemctl("start", "either.target").expect(0);
    Await.answer("one of them", units::traced, now -> now.size() == 1);
  }

  @Test
  void whatNobodyNeedsAnyMoreStops(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("lamp", "StopWhenUnneeded=yes")
            .steady("reader", "Wants=lamp.service")
            .start();
    units.systemctl("start", "reader.service").expect(0);
    units.expectStates("active/running", "lamp.service");
    units.systemctl("stop", "reader.service").expect(0);
    units.awaitState("lamp.service", "inactive/dead");
    units.systemctl("start", "lamp.service").expect(0);
    units.awaitState("lamp.service", "inactive/dead");
  }

  @Test
  void whatRefusesManualStartsIsStartedByOthers(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("inner", "RefuseManualStart=yes", "RefuseManualStop=yes")
            .steady("outer", "Requires=inner.service")
            .start();
    for (var verb : new String[] {"start", "stop", "restart"}) {
      assertThat(units.systemctl(verb, "inner.service").expect(4).err())
          .contains("may be requested by dependency only");
    }
    units.systemctl("start", "outer.service").expect(0);
    units.awaitState("inner.service", "active/running");
  }

  @Test
  void aCycleOfRequirementsIsRefusedAndOneOfWishesBroken(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("a", "Requires=b.service", "After=b.service")
            .steady("b", "Requires=a.service", "After=a.service")
            .steady("c", "Wants=d.service", "After=d.service")
            .steady("d", "Wants=c.service", "After=c.service")
            .start();
    assertThat(units.systemctl("start", "a.service").expect(1).err()).contains("cyclic");
    units.systemctl("start", "c.service").expect(0);
    units.expectStates("active/running", "c.service");
    units.expectStates("inactive/dead", "a.service", "b.service", "d.service");
  }

  @Test
  void modeFailChangesNoJobAndReplaceCancelsIt(Tree tree) throws IOException {
    var units = units(tree).waiting("slow").start();
    var start = units.systemctlBeside("start", "slow.service");
    units.awaitState("slow.service", "activating/start");
    assertThat(units.systemctl("stop", "--job-mode=fail", "slow.service").expect(4).err())
        .contains("Transaction for slow.service/stop is destructive");
    units.systemctl("stop", "slow.service").expect(0);
    assertThat(start.awaitEnd()).isEqualTo(1);
    assertThat(start.output()).contains("Job for slow.service canceled.");
    units.expectStates("failed/failed", "slow.service");
  }

  @Test
  void anIrreversibleJobIsNotReplaced(Tree tree) throws IOException {
    var units = units(tree).waiting("slow").start();
    var start = units.systemctlBeside("start", "--job-mode=replace-irreversibly", "slow.service");
    units.awaitState("slow.service", "activating/start");
    units.systemctl("stop", "slow.service").expect(4);
    units.go();
    assertThat(start.awaitEnd()).isZero();
  }

  @Test
  void aSecondStartJoinsTheRunningJob(Tree tree) throws IOException {
    var units = units(tree).waiting("slow").start();
    var first = units.systemctlBeside("start", "slow.service");
    units.awaitState("slow.service", "activating/start");
    var second = units.systemctlBeside("start", "slow.service");
    units.systemctl("start", "--no-block", "slow.service").expect(0);
    assertThat(units.systemctl("list-jobs").expect(0).out()).containsOnlyOnce("slow.service");
    units.go();
    assertThat(first.awaitEnd()).isZero();
    assertThat(second.awaitEnd()).isZero();
    units.awaitTrace("slow");
  }

  @Test
  void ignoredDependenciesAreNeitherStartedNorWaitedFor(Tree tree) throws IOException {
    var units =
        units(tree)
            .waiting("slow")
            .steady("hasty", "Requires=gone.service", "After=slow.service")
            .start();
    units.systemctl("start", "hasty.service").expect(5);
    units.systemctl("start", "--no-block", "slow.service").expect(0);
    units.systemctl("start", "--no-block", "--job-mode=ignore-requirements", "hasty.service");
    units.awaitState("slow.service", "activating/start");
    assertThat(units.traced()).isEmpty();
    units.systemctl("start", "--job-mode=ignore-dependencies", "hasty.service").expect(0);
    units.awaitTrace("+hasty");
  }

  @Test
  void isolateStopsWhatItsTargetDoesNotNeed(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("kept")
            .steady("other")
            .steady("immune", "IgnoreOnIsolate=yes")
            .target("alone", "AllowIsolate=yes", "Wants=kept.service")
            .target("ordinary")
            .start();
    units.systemctl("start", "kept.service", "other.service", "immune.service").expect(0);
    assertThat(units.systemctl("isolate", "ordinary.target").expect(4).err())
        .contains("may not be isolated");
    units.systemctl("isolate", "alone.target").expect(0);
    units.awaitState("other.service", "inactive/dead");
    units.expectStates("active/running", "kept.service", "immune.service");
    assertThat(units.traced()).containsExactlyInAnyOrder("+kept", "+other", "+immune", "-other");
  }

  @Test
  void unitsStopInTheReverseOrder(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("a", "After=b.service")
            .steady("b", "After=c.service")
            .steady("c")
            .target("all", "Requires=a.service b.service c.service")
            .target("none", "Conflicts=a.service b.service c.service")
            .start();
    units.systemctl("start", "all.target").expect(0);
    units.systemctl("start", "none.target").expect(0);
    units.awaitTrace("+c", "+b", "+a", "-a", "-b", "-c");
  }

  @Test
  void aRestartTakesThoseAlongThatRequireIt(Tree tree) throws IOException {
    var units =
        units(tree).steady("base").steady("good", "Requires=base.service", "After=base.service");
    units.start().systemctl("start", "good.service").expect(0);
    units.systemctl("restart", "base.service").expect(0);
    units.awaitTrace("+base", "+good", "-good", "-base", "+base", "+good");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 1", "kill -9 $$$$"})
  void onFailureStartsItsUnit(String end, Tree tree) throws IOException {
    var units =
        units(tree)
            .unit(
                "bad.service",
                "[Unit]",
                "OnFailure=alarm@%n.service",
                "OnSuccess=praise.service",
                "[Service]",
                "ExecStart=sh -c '" + end + "'")
            .unit(
                "alarm@.service", "[Service]", "Type=oneshot", "ExecStart=sh -c 'echo %i >> TRACE'")
            .oneshot("praise")
            .start();
    units.systemctl("start", "bad.service").expect(0);
    units.awaitTrace("bad.service");
  }

  @Test
  void onFailureFollowsAFailedDependencyToo(Tree tree) throws IOException {
    var units =
        units(tree)
            .failing("bad")
            .oneshot("alarm")
            .steady("good", "Requires=bad.service", "After=bad.service", "OnFailure=alarm.service");
    units.start().systemctl("start", "good.service").expect(1);
    units.awaitTrace("alarm");
  }

  @Test
  void onSuccessStartsItsUnitAndAStopIsASuccess(Tree tree) throws IOException {
    var units =
        units(tree)
            .oneshot("praise")
            .oneshot("alarm")
            .steady("good", "OnSuccess=praise.service", "OnFailure=alarm.service");
    units.start().systemctl("start", "good.service").expect(0);
    units.systemctl("stop", "good.service").expect(0);
    units.awaitTrace("+good", "-good", "praise");
  }

  @Test
  void upholdsStartsAgainWhatStopped(Tree tree) throws IOException {
    var units = units(tree).steady("weak").steady("strong", "Upholds=weak.service").start();
    units.systemctl("start", "strong.service").expect(0);
    units.awaitState("weak.service", "active/running");
    units.systemctl("stop", "weak.service").expect(0);
    units.awaitState("weak.service", "active/running");
    units.systemctl("stop", "strong.service").expect(0);
    units.systemctl("stop", "weak.service").expect(0);
    units.expectStates("inactive/dead", "weak.service");
  }

  @Test
  void aStopIsPropagated(Tree tree) throws IOException {
    var units = units(tree).steady("a", "PropagatesStopTo=b.service").steady("b").start();
    units.systemctl("start", "a.service", "b.service").expect(0);
    units.systemctl("stop", "a.service").expect(0);
    units.awaitState("b.service", "inactive/dead");
    units.systemctl("start", "a.service", "b.service").expect(0);
    units.kill("a.service", "KILL");
    units.awaitState("b.service", "inactive/dead");
  }

  @Test
  void aReloadIsPropagated(Tree tree) throws IOException {
    var units =
        units(tree)
            .unit(
                "a.service",
                "[Unit]",
                "PropagatesReloadTo=b.service",
                "[Service]",
                "ExecReload=sh -c 'echo a >> TRACE'",
                Units.STEADY)
            .unit(
                "b.service",
                "[Unit]",
                "After=a.service",
                "[Service]",
                "ExecReload=sh -c 'echo b >> TRACE'",
                Units.STEADY)
            .start();
    units.systemctl("start", "a.service", "b.service").expect(0);
    units.systemctl("reload", "a.service").expect(0);
    units.awaitTrace("a", "b");
  }

  @Test
  void aTargetWaitsForWhatItWantsUnlessToldOtherwise(Tree tree) throws IOException {
    var units =
        units(tree)
            .waiting("slow")
            .target("patient", "Wants=slow.service")
            .target("hasty", "DefaultDependencies=no", "Wants=slow.service")
            .start();
    units.systemctl("start", "hasty.target").expect(0);
    units.systemctl("start", "--no-block", "patient.target").expect(0);
    units.expectStates("inactive/dead", "patient.target");
    units.go();
    units.awaitState("patient.target", "active/active");
  }

  @Test
  void aTargetFailsWithWhatItRequires(Tree tree) throws IOException {
    var units = units(tree).failing("bad").target("goal", "Requires=bad.service").start();
    assertThat(units.systemctl("start", "goal.target").expect(1).err())
        .contains("A dependency job for goal.target failed.");
    units.expectStates("inactive/dead", "goal.target");
  }

  @Test
  void orderHoldsBetweenSeparateRequests(Tree tree) throws IOException {
    var units = units(tree).waiting("first").oneshot("second", "After=first.service").start();
    units.systemctl("start", "--no-block", "first.service").expect(0);
    units.systemctl("start", "--no-block", "second.service").expect(0);
    units.awaitState("first.service", "activating/start");
    units.expectStates("inactive/dead", "second.service");
    units.go().awaitTrace("first", "second");
  }

  @Test
  void aMissingWishIsIgnoredAndAMissingRequirementRefused(Tree tree) throws IOException {
    var units =
        units(tree)
            .steady("modest", "Wants=gone.service")
            .steady("strict", "Requires=gone.service")
            .start();
    units.systemctl("start", "modest.service").expect(0);
    assertThat(units.systemctl("start", "strict.service").expect(5).err())
        .contains("Unit gone.service not found.");
    units.expectStates("inactive/dead", "strict.service");
  }

  @Test
  void aJobThatWaitsTooLongEnds(Tree tree) throws IOException {
    var units =
        units(tree)
            .unit(
                "slow.service",
                "[Unit]",
                "JobTimeoutSec=200ms",
                "[Service]",
                "Type=oneshot",
                "ExecStart=sleep 1000")
            .start();
    assertThat(units.systemctl("start", "slow.service").expect(1).err())
        .contains("Job for slow.service timed out.");
  }
}
