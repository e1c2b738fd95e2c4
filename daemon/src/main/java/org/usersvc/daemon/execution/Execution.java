package org.usersvc.daemon.execution;

import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.EndListener;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnOutcome.SpawnFailed;
import org.usersvc.daemon.process.SpawnOutcome.SpawnLate;
import org.usersvc.daemon.process.SpawnOutcome.Spawned;
import org.usersvc.daemon.process.SpawnRequest;

/**
 * One program that is executed, from the order until its end. Its file system may hang, so the
 * start may be confirmed only later. <b>Loop thread only.</b>
 */
public final class Execution implements EndListener {
  private static final int NONE = 0;

  private final Processes processes;
  private final Listener listener;
  private int pid = NONE;
  private boolean ending;

  /** Is notified of the start and the end of a program. */
  public interface Listener {
    /** Its file system has not answered in time; the start or the failure is reported later. */
    default void late() {}

    /** The program runs. */
    default void started(int pid) {}

    /** The program cannot be executed; no other notification follows. */
    void failed(Errno errno);

    /** The program has ended. */
    void ended(int pid, ExitStatus status);
  }

  private Execution(Processes processes, Listener listener) {
    this.processes = processes;
    this.listener = listener;
  }

  /** Executes a program. The listener may be called before this returns. */
  public static Execution start(Processes processes, SpawnRequest request, Listener listener) {
    var execution = new Execution(processes, listener);
    execution.answered(processes.spawn(request, execution));
    return execution;
  }

  /** One that will never run. */
  static Execution none(Processes processes) {
    return new Execution(
        processes,
        new Listener() {
          @Override
          public void failed(Errno errno) {}

          @Override
          public void ended(int pid, ExitStatus status) {}
        });
  }

  /** A program that runs already; its end has to be reported to this. */
  public static Execution running(Processes processes, int pid, Listener listener) {
    var execution = new Execution(processes, listener);
    execution.pid = pid;
    return execution;
  }

  /** The process while it runs, else 0. */
  public int pid() {
    return pid;
  }

  private void answered(SpawnOutcome outcome) {
    switch (outcome) {
      case Spawned(int child) -> {
        pid = child;
        listener.started(child);
        if (ending) {
          end();
        }
      }
      case SpawnFailed(Errno errno) -> listener.failed(errno);
      case SpawnLate(var later) -> {
        listener.late();
        later.whenKnown(this::answered);
      }
    }
  }

  @Override
  public void ended(int child, ExitStatus status) {
    pid = NONE;
    if (ending) {
      processes.signalGroup(child, Signal.KILL);
    }
    listener.ended(child, status);
  }

  /** Kills the program as soon as it runs, and the rest of its process group. */
  public void end() {
    ending = true;
    if (pid != NONE) {
      processes.signal(pid, Signal.KILL);
    }
  }
}
