package org.usersvc.daemon.supervise;

import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.execution.Execution;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Redirect;
import org.usersvc.daemon.servicedir.Script;

/** Runs check; a check that cannot be executed counts as success (sv.c:178-211). */
final class CheckScripts {
  private final Platform platform;
  private int devNull = -1;

  CheckScripts(Platform platform) {
    this.platform = platform;
  }

  /**
   * Runs it.
   *
   * @param answer called once with how it ended, on the loop, perhaps before this returns
   * @return ends it before its time
   */
  Runnable run(Owner process, Consumer<ExitStatus> answer) {
    var request = process.request(Script.CHECK, List.of(), silent());
    return Execution.start(platform.processes(), request, new Judge(answer))::end;
  }

  private record Judge(Consumer<ExitStatus> answer) implements Execution.Listener {
    @Override
    public void failed(Errno errno) {
      answer.accept(ExitStatus.exited(0));
    }

    @Override
    public void ended(int pid, ExitStatus status) {
      answer.accept(status);
    }
  }

  /** check must not write into the log: sv closes its output. */
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
