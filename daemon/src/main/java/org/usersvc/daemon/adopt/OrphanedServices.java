package org.usersvc.daemon.adopt;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedProcess;

/**
 * The processes of services that were removed while no daemon ran. They are ended as in a removal;
 * a logger ends by itself when no process can write to it any more.
 */
final class OrphanedServices {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<Integer, Timers.Armed> killers = new HashMap<>();
  private final Platform platform;
  private final Runnable onEmpty;

  /**
   * @param onEmpty called when none is left
   */
  OrphanedServices(Platform platform, Runnable onEmpty) {
    this.platform = platform;
    this.onEmpty = onEmpty;
  }

  /** Ends the recorded process if it lives, then runs the action. */
  void end(RecordedProcess memory, String reason, Runnable then) {
    var process = memory.living().process();
    if (!platform.adopt(process, (_, _) -> ended(process, then))) {
      then.run();
      return;
    }
    String name = NativeText.printable(memory.name());
    platform.messages().info(name + ": " + reason + ", ending pid " + process.pid());
    if (!memory.key().logger()) {
      platform.processes().signal(process.pid(), Signal.TERM);
      platform.processes().signal(process.pid(), Signal.CONT);
    }
    killers.put(process.pid(), platform.loop().timers().after(PATIENCE, () -> kill(process)));
  }

  private void kill(ProcessIdentity process) {
    if (process.isThere(platform.files())) {
      platform.processes().signal(process.pid(), Signal.KILL);
    }
  }

  private void ended(ProcessIdentity process, Runnable then) {
    var killer = killers.remove(process.pid());
    if (killer != null) {
      killer.cancel();
    }
    then.run();
    if (killers.isEmpty()) {
      onEmpty.run();
    }
  }

  /** Kills all at once. */
  void hurry() {
    killers.keySet().forEach(pid -> platform.processes().signal(pid, Signal.KILL));
  }

  boolean isEmpty() {
    return killers.isEmpty();
  }
}
