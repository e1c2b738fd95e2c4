package org.usersvc.daemon.trigger;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.DayAlarm;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.schedule.Occasion;
import org.usersvc.daemon.schedule.Past;
import org.usersvc.daemon.schedule.Schedule;

/** The times at which one service starts. <b>Loop thread only.</b> */
public final class Timetable implements StartTimes {
  private final Timekeeper keeper;
  private final Subject subject;
  private final Stamp stamp;
  private final DayAlarm alarm;
  private final Runnable zoneChanged = this::plan;
  private @Nullable Schedule schedule;
  private @Nullable Past past;
  private @Nullable ExitStatus lastExit;
  private @Nullable Occasion next;

  Timetable(Timekeeper keeper, Subject subject, Stamp stamp) {
    this.keeper = keeper;
    this.subject = subject;
    this.stamp = stamp;
    this.alarm = keeper.alarm();
  }

  /** Who sees the service for the first time. */
  public enum Beginning {
    /** A daemon that goes on where an earlier one has been killed or replaced. */
    GOES_ON,
    /** A daemon that has just been started. */
    STARTUP,
    /** A daemon that runs already: the service is new. */
    LATER
  }

  /**
   * Follows the schedule from now on.
   *
   * @param read what the file says now, null if there is none
   */
  public void follow(@Nullable Schedule read, Beginning beginning) {
    schedule = read;
    if (read == null) {
      disarm();
      return;
    }
    if (past == null) {
      past = remember(read, beginning);
    }
    plan();
  }

  private Past remember(Schedule read, Beginning beginning) {
    var now = keeper.now();
    var found = stamp.read(now);
    if (found == null) {
      var first =
          beginning == Beginning.LATER
              ? Past.later(now, keeper.begun())
              : Past.atStartup(now, keeper.begun());
      stamp.write(first, null);
      return first;
    }
    lastExit = found.lastExit();
    boolean goesOn = found.isOfThisBoot() && beginning != Beginning.STARTUP;
    return goesOn
        ? found.past()
        : found.past().forNewDaemon(now, keeper.begun(), read.persistent());
  }

  @Override
  public @Nullable Instant next() {
    return next == null ? null : next.at().wall();
  }

  @Override
  public @Nullable Instant last() {
    var started = past == null ? null : past.started();
    return started == null ? null : started.wall();
  }

  @Override
  public @Nullable ExitStatus lastExit() {
    return lastExit;
  }

  private void plan() {
    var followed = schedule;
    if (followed == null || past == null) {
      return;
    }
    var now = keeper.now();
    var before = next;
    next = followed.next(past, now, keeper.zone().now(), seed()).orElse(null);
    if (followed.hasCalendar()) {
      keeper.zone().tell(zoneChanged);
    } else {
      keeper.zone().forget(zoneChanged);
    }
    if (next != null || followed.hasCalendar()) {
      alarm.set(next == null ? Instant.MAX : next.at().wall(), this::woken);
    } else {
      alarm.clear();
    }
    if (!Objects.equals(before, next)) {
      subject.changed();
    }
  }

  private long seed() {
    return subject.nativeName().hashCode();
  }

  private void woken(boolean clockWasSet) {
    var occasion = next;
    if (!clockWasSet && occasion != null && occasion.isDue(keeper.now())) {
      handle(occasion);
    }
    plan();
  }

  private void handle(Occasion occasion) {
    var now = keeper.now();
    if (past == null || schedule == null) {
      return;
    }
    past = past.handling(occasion, now);
    write();
    if (occasion.isMissed(now) && !schedule.persistent()) {
      keeper.say(
          subject.name()
              + ": was not started at "
              + occasion.at().wall()
              + ", as the machine slept, usersvcd was not there, or the clock was set;"
              + " with a line 'persistent' in schedule it is started afterwards");
    } else if (!subject.startByTime()) {
      keeper.say(subject.name() + ": still runs at its next time, which is skipped");
    }
  }

  /** Run has been started. */
  public void started() {
    if (schedule != null && past != null) {
      past = past.starting(keeper.now());
      write();
      plan();
    }
  }

  /** Run has ended. */
  public void ended(@Nullable ExitStatus status) {
    if (schedule != null && past != null) {
      lastExit = status;
      write();
    }
  }

  private void write() {
    if (past != null) {
      stamp.write(past, lastExit);
    }
  }

  private void disarm() {
    alarm.clear();
    keeper.zone().forget(zoneChanged);
    past = null;
    next = null;
  }

  /** The service is to end: it is not started any more. */
  public void end() {
    schedule = null;
    disarm();
  }
}
