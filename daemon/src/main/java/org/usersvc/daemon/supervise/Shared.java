package org.usersvc.daemon.supervise;

import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.order.Dependencies;
import org.usersvc.daemon.platform.Platform;

/** What all supervised processes share. */
record Shared(
    Platform platform,
    Agenda agenda,
    Catalogue services,
    CheckScripts checks,
    Leftovers leftovers,
    ActivationEnvironment environment,
    Voices voices,
    Dependencies dependencies,
    Adoption adoption) {
  /** What services say, in lines and by sd_notify(3). */
  record Voices(LogIntake logs, LogPipes pipes, NotifyDoor door) {}

  LogIntake logs() {
    return voices.logs();
  }

  LogPipes logPipes() {
    return voices.pipes();
  }

  NotifyDoor notifyDoor() {
    return voices.door();
  }
}
