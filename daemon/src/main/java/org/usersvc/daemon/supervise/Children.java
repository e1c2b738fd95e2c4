package org.usersvc.daemon.supervise;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.process.Processes;

/** Who waits for which process. Orphans that services left to the daemon are reaped unheard. */
final class Children {
  private final Map<Integer, Consumer<ExitStatus>> waiting = new HashMap<>();
  private final Processes processes;
  private final Runnable afterReaping;
  private final CheckScripts checks;

  Children(Platform platform, Runnable afterReaping) {
    this.processes = platform.processes();
    this.checks = new CheckScripts(platform, this);
    this.afterReaping = afterReaping;
  }

  CheckScripts checks() {
    return checks;
  }

  void onEnd(int pid, Consumer<ExitStatus> listener) {
    waiting.put(pid, listener);
  }

  void reapAll() {
    for (var ended = processes.reap(); ended != null; ended = processes.reap()) {
      var listener = waiting.remove(ended.pid());
      if (listener != null) {
        listener.accept(ended.status());
      }
    }
    afterReaping.run();
  }
}
