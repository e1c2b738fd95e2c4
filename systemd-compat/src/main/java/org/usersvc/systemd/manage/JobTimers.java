package org.usersvc.systemd.manage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.unit.UnitFlags.JobTimeouts;

/** Bounds how long jobs take: {@code JobTimeoutSec=} and {@code JobRunningTimeoutSec=}. */
final class JobTimers {
  private final Turns turns;
  private final IntConsumer late;
  private final Map<Integer, Alarm> total = new HashMap<>();
  private final Map<Integer, Alarm> running = new HashMap<>();

  /**
   * No job is bound.
   *
   * @param late gets the id of a job that has taken too long
   */
  JobTimers(Turns turns, IntConsumer late) {
    this.turns = turns;
    this.late = late;
  }

  /** A job was queued. */
  void added(Job job, JobTimeouts timeouts) {
    arm(total, job.id(), timeouts.total());
  }

  /** A job runs; only the first time counts. */
  void ran(Job job, JobTimeouts timeouts) {
    if (!running.containsKey(job.id())) {
      arm(running, job.id(), timeouts.running());
    }
  }

  private void arm(Map<Integer, Alarm> alarms, int job, @Nullable Duration timeout) {
    if (timeout != null) {
      var alarm = turns.alarm();
      alarm.set(timeout, () -> late.accept(job));
      alarms.put(job, alarm);
    }
  }

  /** A job has ended. */
  void removed(Job job) {
    clear(total.remove(job.id()));
    clear(running.remove(job.id()));
  }

  private static void clear(@Nullable Alarm alarm) {
    if (alarm != null) {
      alarm.clear();
    }
  }
}
