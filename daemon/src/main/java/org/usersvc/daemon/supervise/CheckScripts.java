package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.SpawnLate;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Redirect;
import org.usersvc.daemon.servicedir.Script;

/** Runs check; one that cannot be executed counts as content (sv.c:178-211). */
public final class CheckScripts {
  /** Between two runs of check (sv.c:390). */
  public static final Duration AGAIN = Duration.ofMillis(420);

  private final Platform platform;
  private int devNull = -1;

  CheckScripts(Platform platform) {
    this.platform = platform;
  }

  /**
   * Runs it.
   *
   * @param fine told once, on the loop, perhaps before this returns
   * @return ends it before its time
   */
  public Runnable run(Owner process, Consumer<Boolean> fine) {
    var request =
        new SpawnRequest(
            process.directory().descriptor(),
            Script.CHECK.path(),
            List.of(),
            process.environmentGiven(),
            process.keyText(),
            silent());
    var run = new Run(fine);
    run.answered(platform.processes().spawn(request, run::ended));
    return run::end;
  }

  /** One check that is being started, or runs. */
  private final class Run {
    private final Consumer<Boolean> fine;
    private int pid;
    private boolean ended;

    private Run(Consumer<Boolean> fine) {
      this.fine = fine;
    }

    private void answered(SpawnOutcome outcome) {
      switch (outcome) {
        case Spawned(int child) -> {
          pid = child;
          if (ended) {
            end();
          }
        }
        case SpawnFailed _ -> fine.accept(true);
        case SpawnLate(var later) -> later.whenKnown(this::answered);
      }
    }

    private void ended(int child, ExitStatus status) {
      if (ended) {
        platform.processes().signalGroup(child, Signal.KILL);
      }
      fine.accept(status.success());
    }

    private void end() {
      ended = true;
      if (pid != 0) {
        platform.processes().signal(pid, Signal.KILL);
      }
    }
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
