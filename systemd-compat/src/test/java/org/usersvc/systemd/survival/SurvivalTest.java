package org.usersvc.systemd.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The daemon is killed, and the next one finds its records, or not. */
final class SurvivalTest {
  private static final String A = "a.service";
  private static final String B = "b.service";
  private static final String RECORD = "unit a.service";
  private static final String STEADY = "ExecStart=/bin/sleep 99";
  private static final String ONESHOT = "Type=oneshot\nExecStart=/bin/sleep 1";

  @TempDir private Path root;

  private SurvivalFixture daemon(int number) {
    return new SurvivalFixture(root, number);
  }

  private SurvivalFixture first() {
    return daemon(1).service(A, "", STEADY).begin();
  }

  private static void expectTakenOver(SurvivalFixture after, int pid) {
    assertThat(after.state(A)).isEqualTo("active/running");
    assertThat(after.mainPid(A)).isEqualTo(pid);
    assertThat(after.fakes.processes.spawned()).isEmpty();
  }

  @Test
  void aUnitGoesOnByItsRecord() {
    var before = first().start(A);
    int pid = before.mainPid(A);
    String invocation = before.unit(A).invocation();
    var after = daemon(2).records(before).lives(pid, invocation).begin();
    expectTakenOver(after, pid);
    assertThat(after.unit(A).invocation()).isEqualTo(invocation);
    assertThat(after.unit(A).stamps()).isEqualTo(before.unit(A).stamps());
    assertThat(after.warnings).isEmpty();
    after.stop(A);
    assertThat(after.fakes.processes.takeSignals()).contains("TERM stranger");
    after.ends(pid);
    assertThat(after.jobs()).isEmpty();
    assertThat(after.state(A)).isIn("", "inactive/dead");
  }

  @Test
  void whoShowsUnitsIsToldOfTheirStates() {
    var before = first().start(A);
    var after = daemon(2).records(before);
    after.lives(before.mainPid(A), before.unit(A).invocation()).begin();
    assertThat(after.told).contains("a.service running");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "1\nnonsense", "1\nphase=running", "2\nlater=1"})
  void aRecordThatCannotBeUsedIsReplacedByWhatLives(String text) {
    var before = first().start(A);
    int pid = before.mainPid(A);
    var after = daemon(2).lives(pid, before.unit(A).invocation());
    after.fakes.records.put(RECORD, text);
    after.begin();
    expectTakenOver(after, pid);
    assertThat(after.warnings).hasSize(2);
    assertThat(after.warnings.getFirst()).contains("record of unit a.service", "ignoring it");
    assertThat(after.fakes.records.all().get(RECORD)).contains("phase=running", "main=" + pid);
  }

  @Test
  void aProcessWhoseRecordIsLostIsTheUnits() {
    var before = first().start(A);
    int pid = before.mainPid(A);
    String invocation = before.unit(A).invocation();
    var after = daemon(2).lives(pid, invocation).begin();
    expectTakenOver(after, pid);
    assertThat(after.unit(A).invocation()).isEqualTo(invocation);
    assertThat(after.warnings)
        .containsExactly(
            "a.service: has processes without a record, taking them over: [" + pid + "]");
  }

  @Test
  void theNextDaemonButOneTakesOverWhatWasRecovered() {
    var before = first().start(A);
    int pid = before.mainPid(A);
    String invocation = before.unit(A).invocation();
    var second = daemon(2).lives(pid, invocation).begin();
    var third = daemon(3).records(second).lives(pid, invocation).begin();
    expectTakenOver(third, pid);
    assertThat(third.warnings).isEmpty();
  }

  @Test
  void processesOfAUnitThatNobodyKnowsAreEnded() {
    var elsewhere = daemon(1).service("gone.service", "", STEADY).begin().start("gone.service");
    String invocation = elsewhere.unit("gone.service").invocation();
    var after = new SurvivalFixture(root.resolve("other"), 2).lives(60, invocation).begin();
    assertThat(after.fakes.processes.takeSignals()).containsExactly("TERM stranger");
  }

  @Test
  void processesOfAnotherDaemonAreLeftAlone() {
    var other = first().start(A);
    String invocation = other.unit(A).invocation();
    var after = daemon(2).livesElsewhere(60, invocation).begin();
    assertThat(after.fakes.processes.takeSignals()).isEmpty();
    assertThat(after.state(A)).isIn("", "inactive/dead");
    assertThat(after.warnings).isEmpty();
  }

  @Test
  void processesThatOthersHaveStartedAreLeftAlone() {
    var after = daemon(2).lives(60, "0123456789abcdef0123456789abcdef").begin();
    assertThat(after.fakes.processes.takeSignals()).isEmpty();
    assertThat(after.warnings).isEmpty();
  }

  @Test
  void jobsGoOnUnderTheirIds() {
    var before = daemon(1).service(A, "", ONESHOT);
    before.service(B, "Requires=a.service\nAfter=a.service", STEADY).begin().start(B);
    var jobs = before.jobs();
    assertThat(jobs).hasSize(2);
    int pid = before.mainPid(A);
    var after = daemon(2).records(before).lives(pid, before.unit(A).invocation()).begin();
    assertThat(after.jobs()).isEqualTo(jobs);
    assertThat(after.state(A)).isEqualTo("activating/start");
    assertThat(after.fakes.processes.spawned()).isEmpty();
    after.ends(pid);
    assertThat(after.state(B)).isEqualTo("active/running");
    assertThat(after.fakes.processes.spawned()).hasSize(1);
    assertThat(after.jobs()).isEmpty();
    assertThat(after.fakes.records.all().keySet()).noneMatch(key -> key.startsWith("job "));
  }

  @Test
  void aRunningJobOfAUnitWithoutARecordBeginsAnew() {
    var before = daemon(1).service(A, "", ONESHOT).begin().start(A);
    var after = daemon(2).records(before);
    after.fakes.records.put(RECORD, "nonsense");
    after.begin();
    assertThat(after.state(A)).isEqualTo("activating/start");
    assertThat(after.fakes.processes.spawned()).hasSize(1);
    assertThat(after.jobs()).isEqualTo(before.jobs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"job x", "job 7"})
  void aDamagedJobIsForgotten(String key) {
    var before = first();
    var next = daemon(2).records(before);
    next.fakes.records.put(key, "1\nunit=a.service\ntype=nonsense");
    next.begin();
    assertThat(next.jobs()).isEmpty();
    assertThat(next.warnings).hasSize(1);
    assertThat(next.fakes.records.all()).doesNotContainKey(key);
  }

  @Test
  void aUnitThatHasEndedMeanwhileIsNotStartedAgain() {
    var before = first().start(A);
    var after = daemon(2).records(before).begin();
    assertThat(after.state(A)).isEqualTo("failed/failed");
    assertThat(after.fakes.processes.spawned()).isEmpty();
  }

  @Test
  void aDaemonThatUnitsNeverRanOnHasNothingToTakeOver() {
    var fresh = daemon(1);
    assertThat(Survival.isNeeded(fresh.fakes.all())).isFalse();
    var before = fresh.service(A, "", STEADY).begin().start(A);
    assertThat(Survival.isNeeded(daemon(2).records(before).fakes.all())).isTrue();
  }
}
