package org.usersvc.systemd.elapse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.DayAlarm;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.EventQueue;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.TimerController;
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
  private final Remembered remembered;
  private final Alarm alarm;
  private final DayAlarm dayAlarm;
  private final EventQueue<TimerEvent> events = new EventQueue<>(this::step);
  private @Nullable TimerSettings settings;
  private TimerRules rules = TimerRules.NONE;
  private TimerState state = TimerState.INITIAL;

  TimerRunner(Unit unit, Reports reports, Workplace place, LocalZone zone, Chance chance) {
    this.place = place;
    this.zone = zone;
    this.chance = chance;
    this.id = unit.id();
    this.reports = reports;
    remembered = new Remembered(place, id);
    alarm = place.mechanisms().turns().alarm();
    dayAlarm = place.mechanisms().turns().dayAlarm();
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
    return new UnitState(state.phase().active(), state.phase().word());
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
    if (settings == null) {
      return true;
    }
    var unit = place.manager().load(settings.unit()).unit();
    if (unit.loadState() != LoadState.LOADED) {
      warn(unit.id() + " is not loaded");
      return true;
    }
    return false;
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
    return unit.state().isDown() && place.manager().jobOf(unit.unit().id()).isEmpty();
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
      case TimerEffect.Entered(var phase) ->
          reports.changed(new UnitState(phase.active(), phase.word()));
      case TimerEffect.Finished(var request, var result) -> reports.finished(request, result);
    }
  }

  private void await(Plan plan) {
    disarm();
    if (plan.nanos().isPresent()) {
      long left = plan.nanos().getAsLong() - place.mechanisms().turns().clock().nanos();
      alarm.set(Duration.ofNanos(Math.max(0, left)), () -> handle(new TimerEvent.Due()));
    }
    if (rules.hasCalendar() || rules.onClockChange()) {
      dayAlarm.set(plan.wall().orElse(Instant.MAX), this::woken);
    }
    if (rules.hasCalendar() || rules.onZoneChange()) {
      zone.tell(this);
    }
  }

  private void woken(boolean clockWasSet) {
    handle(clockWasSet ? new TimerEvent.ClockSet() : new TimerEvent.Due());
  }

  private void disarm() {
    alarm.clear();
    dayAlarm.clear();
    zone.forget(this);
  }

  private void remember() {
    if (isRemembered()) {
      remembered.touch();
    }
  }

  private void trigger() {
    if (settings != null
        && place.manager().trigger(settings.unit()) instanceof Asked.Refused(var reason)) {
      warn("cannot start its unit: " + reason.message());
      handle(new TimerEvent.TriggerRefused());
    }
  }

  private void warn(String text) {
    place.warn().accept(id + ": " + text);
  }
}
