package org.usersvc.systemd.run;

import java.util.List;
import java.util.Set;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.Controller.Killed;

/** Signals that a client sends to processes of a unit. <b>Loop thread only.</b> */
final class Kills {
  private Kills() {}

  /** Sends it to one process; 0: there is none. */
  static Killed one(UnitProcesses processes, int pid, Signal signal) {
    processes.signal(pid, List.of(signal));
    return pid == 0 ? Killed.NO_SUCH_PROCESS : Killed.SENT;
  }

  static Killed all(UnitProcesses processes, Signal signal) {
    if (processes.isEmpty()) {
      return Killed.NO_SUCH_PROCESS;
    }
    processes.signalAll(List.of(signal), Set.of(), () -> {});
    return Killed.SENT;
  }
}
