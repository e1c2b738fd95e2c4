package org.usersvc.systemd.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;

/** Joining, waiting and ending of jobs whose work takes time. */
final class JobQueueTest {
  private final FakeUnits units = new FakeUnits("a: CanReload=yes", "b: After=a", "c: Conflicts=a");
  private final FakeListener listener = new FakeListener();
  private final JobQueue queue = new JobQueue(units, listener);

  private Job ask(JobType type, String unit) {
    var request = JobRequest.manual(type, FakeUnits.name(unit), JobMode.REPLACE);
    var planned = (Transaction.Planned) Transaction.build(request, units, queue);
    return queue.install(planned.transaction()).getFirst();
  }

  private boolean set(String unit, ActiveState state) {
    units.setState(FakeUnits.name(unit), state);
    return queue.unitChanged(FakeUnits.name(unit), state, false);
  }

  @Test
  void aJobRunsOnce() {
    int id = ask(JobType.START, "a").id();
    assertThat(queue.next()).contains(new Work(id, FakeUnits.name("a"), Work.Action.START));
    assertThat(queue.next()).isEmpty();
    assertThat(queue.find(id)).map(Job::state).contains(JobState.RUNNING);
  }

  @Test
  void aPostponedJobRunsAgainWhenItsUnitChanges() {
    int id = ask(JobType.START, "a").id();
    assertThat(queue.next()).isPresent();
    queue.postponed(id);
    assertThat(queue.next()).isEmpty();
    set("a", ActiveState.FAILED);
    assertThat(queue.next()).map(Work::job).contains(id);
  }

  @Test
  void aStartWaitsForTheEndOfAStopThatIsUnderWay() {
    units.setState(FakeUnits.name("a"), ActiveState.DEACTIVATING);
    ask(JobType.START, "a");
    assertThat(queue.next()).isEmpty();
    assertThat(set("a", ActiveState.INACTIVE)).isFalse();
    assertThat(queue.next()).map(Work::action).contains(Work.Action.START);
  }

  @Test
  void aRestartJoinsARunningStartAndRunsAnew() {
    int id = ask(JobType.START, "a").id();
    assertThat(queue.next()).isPresent();
    set("a", ActiveState.ACTIVATING);
    assertThat(ask(JobType.RESTART, "a").id()).isEqualTo(id);
    assertThat(queue.next()).map(Work::action).contains(Work.Action.STOP);
  }

  @Test
  void aSecondReloadRunsAfterTheFirstHasBegun() {
    units.setState(FakeUnits.name("a"), ActiveState.ACTIVE);
    int id = ask(JobType.RELOAD, "a").id();
    assertThat(queue.next()).isPresent();
    set("a", ActiveState.RELOADING);
    assertThat(ask(JobType.RELOAD, "a").id()).isEqualTo(id);
    assertThat(queue.next()).isEmpty();
    set("a", ActiveState.ACTIVE);
    assertThat(queue.next()).map(Work::action).contains(Work.Action.RELOAD);
  }

  @Test
  void aFailedReloadFailsItsJob() {
    units.setState(FakeUnits.name("a"), ActiveState.ACTIVE);
    int id = ask(JobType.RELOAD, "a").id();
    assertThat(queue.next()).isPresent();
    set("a", ActiveState.RELOADING);
    units.setState(FakeUnits.name("a"), ActiveState.ACTIVE);
    assertThat(queue.unitChanged(FakeUnits.name("a"), ActiveState.ACTIVE, true)).isFalse();
    assertThat(listener.heard).endsWith("removed " + id + " failed");
  }

  @Test
  void aUnitThatComesUpDuringItsStopFailsTheStop() {
    units.setState(FakeUnits.name("a"), ActiveState.ACTIVE);
    int id = ask(JobType.STOP, "a").id();
    assertThat(queue.next()).isPresent();
    set("a", ActiveState.DEACTIVATING);
    assertThat(set("a", ActiveState.ACTIVATING)).isTrue();
    assertThat(listener.heard).endsWith("removed " + id + " failed");
  }

  @Test
  void aFailedStopFailsTheStartThatConflicts() {
    units.setState(FakeUnits.name("a"), ActiveState.ACTIVE);
    int start = ask(JobType.START, "c").id();
    int stop = queue.jobOf(FakeUnits.name("a")).orElseThrow().id();
    queue.finished(stop, JobResult.TIMEOUT);
    assertThat(listener.heard)
        .endsWith("removed " + stop + " timeout", "removed " + start + " dependency");
  }

  @Test
  void anUnknownIdDoesNothing() {
    queue.finished(7, JobResult.DONE);
    queue.postponed(7);
    assertThat(listener.heard).isEmpty();
  }

  @Test
  void aNopIsQueuedBesideAnotherJob() {
    int start = ask(JobType.START, "a").id();
    int nop = ask(JobType.TRY_RESTART, "a").id();
    assertThat(nop).isNotEqualTo(start);
    assertThat(queue.jobs()).hasSize(2);
    assertThat(queue.next()).map(Work::job).contains(start);
    assertThat(queue.next()).isEmpty();
    assertThat(listener.heard).endsWith("removed " + nop + " done");
  }

  @Test
  void restoredJobsGoOnWithTheirIds() {
    int first = ask(JobType.START, "a").id();
    int second = ask(JobType.START, "b").id();
    assertThat(queue.next()).isPresent();
    var later = new JobQueue(units, listener);
    later.restore(List.copyOf(queue.jobs()));
    assertThat(later.next()).isEmpty();
    units.setState(FakeUnits.name("a"), ActiveState.ACTIVE);
    assertThat(later.unitChanged(FakeUnits.name("a"), ActiveState.ACTIVE, false)).isFalse();
    assertThat(later.next()).map(Work::job).contains(second);
    var request = JobRequest.own(JobType.STOP, FakeUnits.name("a"), JobMode.REPLACE);
    var planned = (Transaction.Planned) Transaction.build(request, units, later);
    assertThat(later.install(planned.transaction()).getFirst().id())
        .isGreaterThan(second)
        .isGreaterThan(first);
  }

  @Test
  void cancellingAllLeavesNothing() {
    ask(JobType.START, "a");
    ask(JobType.START, "b");
    queue.cancelAll();
    assertThat(queue.jobs()).isEmpty();
    assertThat(queue.next()).isEmpty();
  }
}
