package org.usersvc.daemon.supervise;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.Execution;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.servicedir.Script;
import org.usersvc.daemon.state.ProcessIdentity;

/** The control scripts of one process, of which one runs at a time. <b>Loop thread only.</b> */
final class ControlScripts {
  private final Owner owner;
  private final Platform platform;
  private @Nullable Execution last;

  ControlScripts(Owner owner, Platform platform) {
    this.owner = owner;
    this.platform = platform;
  }

  /** Runs that of a command. The one of TERM gets the pid of run. */
  void run(Command command) {
    int run = command == Command.TERM ? owner.state().phase().pidOrZero() : 0;
    var arguments = run == 0 ? List.<String>of() : List.of(Integer.toString(run));
    var control = Script.control(command.letter());
    var request = owner.request(control, arguments, owner.service().redirects(owner));
    last = Execution.start(platform.processes(), request, new Follower(control));
  }

  /** Takes over the one that runs; false if it has ended. */
  boolean adopt(Command command, ProcessIdentity process) {
    var follower = new Follower(Script.control(command.letter()));
    var execution = Execution.running(platform.processes(), process.pid(), follower);
    boolean there = platform.adopt(process, execution);
    last = there ? execution : null;
    return there;
  }

  /** Kills the one that runs, with all that it has started: the steps after its end follow. */
  void kill() {
    if (last != null) {
      last.end();
    }
  }

  /** The pid of the one that runs, 0 for none. */
  int pid() {
    return last == null ? 0 : last.pid();
  }

  private final class Follower implements Execution.Listener {
    private final Script control;

    private Follower(Script control) {
      this.control = control;
    }

    @Override
    public void failed(Errno errno) {
      platform
          .messages()
          .warn(owner.name() + ": " + StartTrouble.line(owner, platform.files(), control, errno));
      owner.feed(new Event.ScriptEnded(false));
    }

    @Override
    public void ended(int pid, ExitStatus status) {
      owner.feed(new Event.ScriptEnded(status.success()));
    }
  }
}
