package org.usersvc.daemon.supervise;

import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;

/** Runs ./check; one that cannot be executed counts as content (sv.c:178-211). */
final class CheckScripts {
  private static final int INHERITED = -1;

  private final Shared shared;
  private int devNull = INHERITED;

  CheckScripts(Shared shared) {
    this.shared = shared;
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
        new SpawnRequest(directory, "./check", List.of(), environment, INHERITED, devNull());
    return switch (shared.platform().processes().spawn(request)) {
      case Spawned(int pid) -> {
        shared.children().onEnd(pid, status -> fine.accept(status.success()));
        yield () -> shared.platform().processes().signal(pid, Signal.KILL);
      }
      case SpawnFailed _ -> {
        fine.accept(true);
        yield () -> {};
      }
    };
  }

  /** check is not to write into the log: sv closes its output. */
  private int devNull() {
    if (devNull == INHERITED) {
      try {
        devNull = shared.platform().files().openFifo(FileSystem.ABSOLUTE, "/dev/null");
      } catch (FileFault fault) {
        shared.platform().messages().warn(fault.getMessage() + ", check keeps its output");
      }
    }
    return devNull;
  }
}
