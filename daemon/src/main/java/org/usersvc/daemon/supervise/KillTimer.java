package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Timer;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.platform.Platform;

/** Bounds the time that a run may take to end. <b>Loop thread only.</b> */
final class KillTimer {
  static final Duration DEFAULT = Duration.ofSeconds(10);

  private final Owner owner;
  private final Platform platform;
  private final Complaints complaints;
  private final Alarm alarm;

  KillTimer(Owner owner, Platform platform) {
    this.owner = owner;
    this.platform = platform;
    this.alarm = new Alarm(platform.loop().timers());
    this.complaints = new Complaints(owner, platform);
  }

  /**
   * Begins, unless it has begun.
   *
   * @param always whether there is a bound even if timeout-kill gives none
   */
  void arm(boolean always) {
    if (alarm.isSet()) {
      return;
    }
    var bound = bound();
    if (bound == null && always) {
      bound = DEFAULT;
    }
    if (bound != null && bound.isPositive()) {
      alarm.set(bound, this::fire);
    }
  }

  /** The ending process asks for that long from now on; its time never gets shorter. */
  void extend(Duration more) {
    alarm.extend(more, this::fire);
  }

  private void fire() {
    platform
        .messages()
        .warn(owner.name() + ": does not end in time (see timeout-kill), sending KILL");
    owner.feed(new Event.TimerFired(Timer.KILL));
  }

  void cancel() {
    alarm.clear();
  }

  /** The time in timeout-kill, null for none. */
  @Nullable Duration bound() {
    try {
      var bound = owner.directory().timeoutKill();
      complaints.are(List.of());
      return bound;
    } catch (FileFault fault) {
      complaints.are(List.of(fault.getMessage() + ", ignoring"));
    } catch (NumberFormatException notANumber) {
      complaints.are(List.of("timeout-kill is not a number of milliseconds, ignoring"));
    }
    return null;
  }
}
