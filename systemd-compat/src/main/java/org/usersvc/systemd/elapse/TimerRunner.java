package org.usersvc.systemd.elapse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.EventQueue;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.TimerController;
import org.usersvc.systemd.engine.Triggering;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.timer.Moment;
import org.usersvc.systemd.timer.Plan;
import org.usersvc.systemd.timer.Situation;
import org.usersvc.systemd.timer.TimerEffect;
import org.usersvc.systemd.timer.TimerEvent;
import org.usersvc.systemd.timer.TimerMachine;
import org.usersvc.systemd.timer.TimerRules;
import org.usersvc.systemd.timer.TimerState;
import org.usersvc.systemd.timer.TimerState.Phase;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.TimerSettings;
import org.usersvc.systemd.unit.Unit;

/** One timer unit at run time. <b>Loop thread only.</b> */
public final class TimerRunner implements TimerController, LocalZone.Listener {
  private final Workplace place;
  private final LocalZone zone;
  private final Chance chance;
  private final UnitName id;
  private final Reports reports;
  private final Triggering triggering;
  private final Remembered remembered;
  private final Wakeups wakeups;
  private final EventQueue<TimerEvent> events = new EventQueue<>(this::step);
  private @Nullable TimerSettings settings;
  private TimerRules rules = TimerRules.NONE;
  private TimerState state = TimerState.INITIAL;

  TimerRunner(
      Unit unit, Reports reports, Workplace place, LocalZone zone, Chance chance, Wakeups wakeups) {
    this.place = place;
    this.zone = zone;
    this.chance = chance;
    this.id = unit.id();
    this.reports = reports;
    this.triggering = new Triggering(unit::id, place.manager(), place.warn());
    remembered = new Remembered(place, id);
    this.wakeups = wakeups;
    read(unit);
  }

  /** One that cannot be read any more keeps what it was. */
  private void read(Unit unit) {
    if (unit.loadState() == LoadState.LOADED && unit.settings() instanceof TimerSettings read) {
      settings = read;
      rules = TimerRules.of(read);
    }
  }

  @Override
  public UnitState state() {
    return UnitState.of(state.phase());
  }

  @Override
  public boolean isStartLimited() {
    return true;
  }

  @Override
  public void start(String invocation) {
    handle(
        new TimerEvent.StartAsked(
            isImpossible(), isRemembered() ? remembered.begin() : Optional.empty()));
  }

  private boolean isImpossible() {
    return settings == null || triggering.isImpossible(settings.unit());
  }

  private boolean isRemembered() {
    return settings != null && settings.isPersistent() && rules.hasCalendar();
  }

  @Override
  public void refuseStart() {
    handle(new TimerEvent.StartLimited());
  }

  @Override
  public void stop(boolean restart) {
    handle(new TimerEvent.StopAsked());
  }

  @Override
  public void resetFailed() {
    handle(new TimerEvent.ResetFailed());
  }

  @Override
  public void adopt(Unit unit) {
    read(unit);
    handle(new TimerEvent.Reread());
  }

  @Override
  public void triggeredChanged(UnitRecord unit) {
    if (settings != null && unit.unit().names().contains(settings.unit())) {
      handle(new TimerEvent.UnitChanged(isDown(unit)));
    }
  }

  @Override
  public void zoneChanged() {
    handle(new TimerEvent.ZoneChanged());
  }

  private boolean isDown(UnitRecord unit) {
    return unit.state().isDown() && triggering.isSettled(unit);
  }

  @Override
  public void record(Fields to) {
    TimerText.write(state, to);
  }

  /** What an earlier daemon waited for is waited for still; at once if it is over. */
  @Override
  public void resume(Fields from) throws RecordFault {
    state = TimerText.read(from);
    if (state.phase() == Phase.WAITING) {
      await(state.plan());
    } else if (state.phase() == Phase.RUNNING) {
      place.mechanisms().turns().atEnd(this::review);
    }
  }

  /** The unit may have ended while no daemon lived. */
  private void review() {
    if (settings != null) {
      triggeredChanged(place.manager().load(settings.unit()));
    }
  }

  @Override
  public Optional<Instant> nextByDay() {
    return state.plan().wall();
  }

  @Override
  public OptionalLong nextByNanos() {
    return state.plan().nanos();
  }

  @Override
  public List<Long> nextOfEach() {
    return state.plan().each();
  }

  @Override
  public Optional<Instant> lastByDay() {
    return state.last().wall();
  }

  @Override
  public OptionalLong lastByNanos() {
    return state.last().nanos();
  }

  @Override
  public String result() {
    return state.result().word();
  }

  private void handle(TimerEvent event) {
    events.add(event);
  }

  private void step(TimerEvent event) {
    var step = TimerMachine.step(state, event, rules, situation());
    state = step.next();
    step.effects().forEach(this::perform);
  }

  private Situation situation() {
    var clock = place.mechanisms().turns().clock();
    var own = place.manager().jobOf(id);
    var target = settings;
    var stamps =
        target == null
            ? Stamps.NONE
            : place.manager().find(target.unit()).map(UnitRecord::stamps).orElse(Stamps.NONE);
    return new Situation(
        new Moment(clock.wall(), clock.nanos()),
        place.startup().nanos(),
        zone.now(),
        nanos(stamps.inactiveExit()),
        nanos(stamps.inactiveEnter()),
        target == null ? Duration.ZERO : chance.of(id, target),
        own.isPresent() && own.get().type() == JobType.STOP);
  }

  private static OptionalLong nanos(Optional<Stamps.Stamp> stamp) {
    return stamp.map(at -> OptionalLong.of(at.nanos())).orElseGet(OptionalLong::empty);
  }

  private void perform(TimerEffect effect) {
    switch (effect) {
      case TimerEffect.Await(var plan) -> {
        await(plan);
        reports.shown();
      }
      case TimerEffect.Disarm _ -> disarm();
      case TimerEffect.Trigger _ -> trigger();
      case TimerEffect.Remember _ -> remember();
      case TimerEffect.Entered(var phase) -> reports.changed(UnitState.of(phase));
      case TimerEffect.Finished(var request, var result) -> reports.finished(request, result);
    }
  }

  private void await(Plan plan) {
    disarm();
    var accuracy = settings == null ? Duration.ZERO : settings.accuracy();
    if (plan.nanos().isPresent()) {
      long at = plan.nanos().getAsLong();
      wakeups.at(at, accuracy, this, () -> handle(new TimerEvent.Due()));
    }
    if (rules.hasCalendar() || rules.onClockChange()) {
      wakeups.at(plan.wall().orElse(Instant.MAX), accuracy, this, this::woken);
    }
    if (rules.hasCalendar() || rules.onZoneChange()) {
      zone.tell(this);
    }
  }

  private void woken(boolean clockWasSet) {
    handle(clockWasSet ? new TimerEvent.ClockSet() : new TimerEvent.Due());
  }

  private void disarm() {
    wakeups.clear(this);
    zone.forget(this);
  }

  private void remember() {
    if (isRemembered()) {
      remembered.touch();
    }
  }

  private void trigger() {
    if (settings != null && !triggering.start(settings.unit())) {
      handle(new TimerEvent.TriggerRefused());
    }
  }
}
