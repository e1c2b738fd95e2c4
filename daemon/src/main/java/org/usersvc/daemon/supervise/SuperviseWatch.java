package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.Set;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.Timers;

/**
 * Has the entry supervise of one directory mended that was removed or replaced: clients do not find
 * the service without it, and runsv would start a second one. <b>Loop thread only.</b>
 */
final class SuperviseWatch {
  /** Removing all of a directory may take so long; an entry that comes back would hinder that. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Set<String> RELEVANT = Set.of("supervise", "run");

  private final ServiceProcess process;
  private final Runnable mend;
  private final Alarm later;

  /**
   * Begins with nothing to be mended.
   *
   * @param mend makes the entry anew, or says why that cannot be
   */
  SuperviseWatch(Timers timers, ServiceProcess process, Runnable mend) {
    this.process = process;
    this.mend = mend;
    this.later = new Alarm(timers);
  }

  /** Whose directory it is. */
  ServiceProcess process() {
    return process;
  }

  /** The entry of that name has changed. */
  void entryChanged(String name) {
    if (RELEVANT.contains(name)) {
      look();
    }
  }

  /** Looks at the entry, which may have changed. */
  void look() {
    if (process.parts().files().isCutOff()) {
      later.set(PAUSE, this::mendIfUsed);
    }
  }

  /** A directory without run, or of a service that ends, is being removed, most likely. */
  private void mendIfUsed() {
    boolean used = !process.service().isStopping() && process.directory().hasRun();
    if (used && process.parts().files().isCutOff()) {
      mend.run();
    }
  }

  void end() {
    later.clear();
  }
}
