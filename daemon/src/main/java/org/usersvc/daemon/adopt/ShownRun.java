package org.usersvc.daemon.adopt;

import java.time.Duration;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.platform.BootTime;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.supervise.Strays;

/**
 * The process that {@code supervise/status} of an earlier daemon names as run, when nothing else
 * identifies it. Pids are reused, so times decide. The process is run if it was started at the time
 * that the status gives, and before the status was written. If it was started between the two, run
 * may have named it later, or the clock was set back; if a moment after both, the clock was set
 * forward a little: it may be run. If later, it is another process, or the clock was set forward
 * far.
 */
final class ShownRun {
  /** From the start of a process until the loop learns of it; the machine may be busy. */
  private static final Duration BUSY = Duration.ofSeconds(3);

  /** The greatest difference between the kernel's clocks. */
  private static final Duration ROUNDING = Duration.ofMillis(50);

  /** Whether the process is run. */
  enum Verdict {
    NO,
    PERHAPS,
    YES
  }

  private ShownRun() {}

  /**
   * Judges the process that has the pid now.
   *
   * @param last the status that the earlier daemon has written
   * @param uid the user whose processes may be services
   */
  static Verdict judge(Platform platform, Status.Last last, int uid) {
    var stat = last.runs() ? ProcessStat.of(platform.files(), last.pid()) : null;
    if (stat == null || !mayBeRun(platform, last.pid(), stat, uid)) {
      return Verdict.NO;
    }
    var start = BootTime.toWall(platform, stat.startTime());
    var boot = BootTime.toWall(platform, 0);
    if (last.since().isBefore(boot) || start.isAfter(last.written().plus(BUSY))) {
      return Verdict.NO;
    }
    boolean same = Duration.between(last.since(), start).abs().compareTo(BUSY) <= 0;
    boolean later = start.isAfter(last.written().plus(ROUNDING));
    return same == later ? Verdict.PERHAPS : same ? Verdict.YES : Verdict.NO;
  }

  private static boolean mayBeRun(Platform platform, int pid, ProcessStat stat, int uid) {
    return stat.session() == pid
        && !stat.isZombie()
        && Strays.isOf(platform.files(), pid, uid)
        && Strays.markOf(platform.files(), pid) == null;
  }
}
