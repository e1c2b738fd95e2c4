package org.usersvc.systemd.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.timer.TimerEffect.Trigger;
import org.usersvc.systemd.timer.TimerEvent.ClockSet;
import org.usersvc.systemd.timer.TimerEvent.Due;
import org.usersvc.systemd.timer.TimerEvent.StartAsked;
import org.usersvc.systemd.timer.TimerEvent.UnitChanged;
import org.usersvc.systemd.timer.TimerState.Phase;
import org.usersvc.systemd.unit.TimerSettings.Base;

/** When timers elapse. */
final class TimerMachineTest {
  private final FakeSituation world = new FakeSituation();
  private TimerRules rules = TimerRules.NONE;
  private TimerState state = TimerState.INITIAL;

  private void rules(TimerRules.Occasion... occasions) {
    rules = new TimerRules(List.of(occasions), false, false, true);
  }

  private Transition happens(TimerEvent event) {
    var step = TimerMachine.step(state, event, rules, world.now());
    state = step.next();
    return step;
  }

  private void start() {
    start(Optional.empty());
  }

  private void start(Optional<Instant> remembered) {
    happens(new StartAsked(false, remembered));
  }

  /** Whether the unit is started if the timer wakes now. */
  private boolean elapses() {
    return happens(new Due()).effects().contains(new Trigger());
  }

  private void unitRuns(long length) {
    world.pass(length);
    world.ran(length);
    happens(new UnitChanged(true));
  }

  private String next() {
    return state.plan().wall().map(Instant::toString).orElse("-");
  }

  private long nextSecond() {
    return state.plan().nanos().orElse(-1_000_000_000L) / 1_000_000_000L;
  }

  /** Case k06. */
  @Test
  void aSpanAfterItsStartElapsesOnceAndTheTimerStays() {
    rules(FakeSituation.after(Base.ACTIVE, 60));
    start();
    assertThat(state.phase()).isEqualTo(Phase.WAITING);
    assertThat(nextSecond()).isEqualTo(1060);
    world.pass(59);
    assertThat(elapses()).isFalse();
    world.pass(1);
    assertThat(elapses()).isTrue();
    assertThat(state.phase()).isEqualTo(Phase.RUNNING);
    unitRuns(5);
    assertThat(state.phase()).isEqualTo(Phase.ELAPSED);
  }

  @Test
  void aTimerThatDoesNotRemainEndsWhenItElapsesNoMore() {
    rules = new TimerRules(List.of(FakeSituation.after(Base.ACTIVE, 1)), false, false, false);
    start();
    world.pass(1);
    elapses();
    unitRuns(1);
    assertThat(state.phase()).isEqualTo(Phase.DEAD);
  }

  @Test
  void aSpanAfterTheBootThatIsOverElapsesAtOnceAndNeverAgain() {
    rules(FakeSituation.after(Base.BOOT, 300), FakeSituation.after(Base.STARTUP, 300));
    start();
    assertThat(elapses()).isTrue();
    unitRuns(1);
    assertThat(state.phase()).isEqualTo(Phase.WAITING);
    assertThat(nextSecond()).isEqualTo(1200);
  }

  @Test
  void aSpanAfterTheUnitRepeatsFromItsLastRun() {
    rules(FakeSituation.after(Base.BOOT, 0), FakeSituation.after(Base.UNIT_ACTIVE, 600));
    start();
    assertThat(elapses()).isTrue();
    unitRuns(10);
    assertThat(nextSecond()).isEqualTo(1600);
    rules(FakeSituation.after(Base.UNIT_INACTIVE, 600));
    happens(new UnitChanged(true));
    assertThat(nextSecond()).isEqualTo(1610);
  }

  @Test
  void aTimerThatFollowsItsUnitOnlyWaitsForTheFirstRun() {
    rules = new TimerRules(List.of(FakeSituation.after(Base.UNIT_ACTIVE, 60)), false, false, false);
    start();
    assertThat(state.phase()).isEqualTo(Phase.ELAPSED);
    unitRuns(10);
    assertThat(state.phase()).isEqualTo(Phase.WAITING);
    assertThat(nextSecond()).isEqualTo(1060);
  }

  @Test
  void aCalendarElapsesAgainAndAgain() {
    rules(FakeSituation.calendar("hourly"));
    start();
    assertThat(next()).isEqualTo("2026-03-10T13:00:00Z");
    world.pass(1800);
    assertThat(elapses()).isTrue();
    unitRuns(10);
    assertThat(next()).isEqualTo("2026-03-10T14:00:00Z");
  }

  @Test
  void aTimeThatPassesWhileTheUnitRunsIsMadeUpForOnce() {
    rules(FakeSituation.calendar("hourly"));
    start();
    world.pass(1800);
    elapses();
    unitRuns(3 * 3600 + 60);
    assertThat(elapses()).isTrue();
    unitRuns(1);
    assertThat(next()).isEqualTo("2026-03-10T17:00:00Z");
  }

  @Test
  void aPersistentTimerMakesUpForWhatItMissedAndAnotherOneDoesNot() {
    rules(FakeSituation.calendar("daily"));
    start(Optional.of(Instant.parse("2026-03-08T00:00:00Z")));
    assertThat(elapses()).isTrue();
    unitRuns(1);
    assertThat(next()).isEqualTo("2026-03-11T00:00:00Z");
    state = TimerState.INITIAL;
    start();
    assertThat(elapses()).isFalse();
  }

  @Test
  void whatIsMadeUpForIsSpreadByChanceFromTheStartOfTheManager() {
    rules(FakeSituation.calendar("daily"));
    world.chance = Duration.ofMinutes(10);
    start(Optional.of(Instant.parse("2026-03-08T00:00:00Z")));
    assertThat(next()).isEqualTo("2026-03-10T12:38:20Z");
  }

  @Test
  void chanceIsThrownOnceForEachWait() {
    rules(FakeSituation.calendar("hourly"));
    world.chance = Duration.ofSeconds(7);
    start();
    world.chance = Duration.ofSeconds(9);
    happens(new ClockSet());
    assertThat(next()).isEqualTo("2026-03-10T13:00:07Z");
    world.pass(1807);
    assertThat(elapses()).isTrue();
    unitRuns(1);
    assertThat(next()).isEqualTo("2026-03-10T14:00:09Z");
  }

  @Test
  void aClockThatIsPutForwardMakesTheTimerElapseOnce() {
    rules(FakeSituation.calendar("hourly"));
    start();
    world.wall = Instant.parse("2026-03-12T08:10:00Z");
    happens(new ClockSet());
    assertThat(elapses()).isTrue();
    unitRuns(1);
    assertThat(next()).isEqualTo("2026-03-12T09:00:00Z");
  }

  @Test
  void aClockThatIsPutBackMakesTheTimerElapseThereAgain() {
    rules(FakeSituation.calendar("hourly"));
    start();
    world.pass(1800);
    elapses();
    unitRuns(1);
    world.wall = Instant.parse("2026-03-10T08:10:00Z");
    happens(new ClockSet());
    assertThat(next()).isEqualTo("2026-03-10T09:00:00Z");
  }

  @Test
  void aClockThatIsPutBackBeforeTheFirstRunDoesSo() {
    rules(FakeSituation.calendar("hourly"));
    start();
    world.wall = Instant.parse("2026-03-10T08:10:00Z");
    happens(new ClockSet());
    assertThat(next()).isEqualTo("2026-03-10T09:00:00Z");
  }

  @Test
  void spansDoNotHeedTheClockOfTheDay() {
    rules(FakeSituation.after(Base.ACTIVE, 60));
    start();
    world.wall = Instant.parse("2027-03-10T08:10:00Z");
    happens(new ClockSet());
    assertThat(elapses()).isFalse();
    assertThat(nextSecond()).isEqualTo(1060);
  }

  @Test
  void anotherZoneMovesTheTimesOfACalendar() {
    rules(FakeSituation.calendar("daily"));
    start();
    world.zone = ZoneId.of("America/New_York");
    happens(new TimerEvent.ZoneChanged());
    assertThat(next()).isEqualTo("2026-03-11T04:00:00Z");
  }

  @Test
  void changesElapseIfThatIsAsked() {
    rules = new TimerRules(List.of(), true, false, true);
    start();
    assertThat(state.phase()).isEqualTo(Phase.WAITING);
    happens(new TimerEvent.ZoneChanged());
    assertThat(state.phase()).isEqualTo(Phase.WAITING);
    assertThat(happens(new ClockSet()).effects()).contains(new Trigger());
  }

  @Test
  void nothingIsStartedWhileTheTimerIsAboutToStop() {
    rules(FakeSituation.after(Base.BOOT, 0));
    start();
    world.isStopping = true;
    assertThat(elapses()).isFalse();
  }

  @Test
  void theEarliestOccasionCounts() {
    rules(
        FakeSituation.calendar("2026-03-11"),
        FakeSituation.calendar("2026-03-10 18:00"),
        FakeSituation.after(Base.ACTIVE, 600),
        FakeSituation.after(Base.ACTIVE, 300));
    start();
    assertThat(next()).isEqualTo("2026-03-10T18:00:00Z");
    assertThat(nextSecond()).isEqualTo(1300);
    assertThat(state.plan().each()).hasSize(4).doesNotContain(0L);
  }

  @Test
  void anEventThatIsOverForGoodHasNoNextTime() {
    rules(FakeSituation.calendar("2001-01-01"));
    start();
    assertThat(state.phase()).isEqualTo(Phase.ELAPSED);
    assertThat(state.plan().each()).containsExactly(0L);
  }
}
