package org.usersvc.daemon.supervise;

import java.time.Duration;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Timer;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.platform.Platform;

/** Bounds the time that a run may take to end. <b>Loop thread only.</b> */
final class KillTimer {
  private final Owner owner;
  private final Platform platform;
  private final Alarm alarm;

  KillTimer(Owner owner, Platform platform) {
    this.owner = owner;
    this.platform = platform;
    this.alarm = new Alarm(platform.loop().timers());
  }

  /** Begins, unless it has begun. */
  void arm(Duration bound) {
    if (!alarm.isSet()) {
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
}
