package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/** Runs ./check; one that cannot be executed counts as content (sv.c:178-211). */
final class CheckScripts {
  /** Between two runs of check (sv.c:390). */
  static final Duration AGAIN = Duration.ofMillis(420);

  private final Platform platform;
  private final Children children;
  private int devNull = -1;

  CheckScripts(Platform platform, Children children) {
    this.platform = platform;
    this.children = children;
  }

  /**
   * Runs it.
   *
   * @return ends it before its time
   */
  Runnable run(Supervised process, Consumer<Boolean> fine) {
    int directory = process.directory().descriptor();
    var environment = process.environment().given();
    var request =
        new SpawnRequest(directory, "./check", List.of(), environment, process.keyText(), silent());
    return switch (platform.processes().spawn(request)) {
      case Spawned(int pid) -> {
        var killed = new AtomicBoolean();
        children.onEnd(
            pid,
            status -> {
              if (killed.get()) {
                platform.processes().signalGroup(pid, Signal.KILL);
              }
              fine.accept(status.success());
            });
        yield () -> {
          killed.set(true);
          platform.processes().signal(pid, Signal.KILL);
        };
      }
      case SpawnFailed _ -> {
        fine.accept(true);
        yield () -> {};
      }
    };
  }

  /** check is not to write into the log: sv closes its output. */
  private List<Redirect> silent() {
    if (devNull < 0) {
      try {
        devNull = platform.files().openFifo(FileSystem.ABSOLUTE, "/dev/null");
      } catch (FileFault fault) {
        platform.messages().warn(fault.getMessage() + ", check keeps its output");
        return List.of();
      }
    }
    return List.of(new Redirect(1, devNull, Access.WRITE));
  }
}
