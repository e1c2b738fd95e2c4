package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.state.ProcessIdentity;

/** Who waits for which process. Orphans that services left to the daemon are reaped unheard. */
final class Children {
  /** Without a descriptor to wait with, it is tried again after so long. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Map<Integer, Consumer<ExitStatus>> waiting = new HashMap<>();
  private final Processes processes;
  private final Platform platform;
  private final Runnable afterReaping;
  private final CheckScripts checks;

  Children(Platform platform, Runnable afterReaping) {
    this.platform = platform;
    this.processes = platform.processes();
    this.checks = new CheckScripts(platform, this);
    this.afterReaping = afterReaping;
  }

  /** Whether the end of that process is waited for. */
  boolean knows(int pid) {
    return waiting.containsKey(pid);
  }

  CheckScripts checks() {
    return checks;
  }

  void onEnd(int pid, Consumer<ExitStatus> listener) {
    waiting.put(pid, listener);
  }

  /**
   * Waits for a process that an earlier daemon has started. One that has ended and is not reaped is
   * there, and its end is told.
   *
   * @return false if it is not there any more
   */
  boolean adopt(ProcessIdentity process, Consumer<ExitStatus> listener) {
    if (process.isNone()) {
      return false;
    }
    var loop = platform.loop(); // whoever else waits for it hears of it first, as of our children
    var waiter =
        processes.onEndOf(process.pid(), status -> loop.soon(() -> ended(listener, status)));
    boolean there = process.isThere(platform.files()); // the pid may be another's by now
    if (there && waiter == null) {
      platform.loop().timers().after(LOOK_AGAIN, () -> lookAgain(process, listener));
    } else if (!there && waiter != null) {
      waiter.run();
    }
    return there;
  }

  private void lookAgain(ProcessIdentity process, Consumer<ExitStatus> listener) {
    if (!adopt(process, listener)) {
      ended(listener, ExitStatus.UNKNOWN);
    }
  }

  private void ended(Consumer<ExitStatus> listener, ExitStatus status) {
    listener.accept(status);
    afterReaping.run();
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
