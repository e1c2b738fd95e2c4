package org.usersvc.systemd.listen;

import java.util.List;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.SocketController.Passed;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.syntax.CommandLine;
import org.usersvc.systemd.unit.Unit;

/** Runs the commands of one unit, one at a time. <b>Loop thread only.</b> */
public interface UnitCommands {
  /** Makes the one of a unit. */
  @FunctionalInterface
  interface Maker {
    UnitCommands make(Unit unit, Listener listener);
  }

  /** Is notified of the outcome of a command; perhaps before {@link #run} returns. */
  interface Listener {
    void started(ExecStep step, int pid);

    /** It cannot be executed; the status is 200 to 243, as in systemd.exec(5). */
    void failed(ExecStep step, ExitStatus status);

    void ended(int pid, ExitStatus status);
  }

  /**
   * A command.
   *
   * @param invocation the id of the run of the unit, 32 hexadecimal digits
   * @param passed the descriptors that it gets from 3 on
   */
  record Order(
      ExecStep step,
      CommandLine command,
      ExecSettings exec,
      String invocation,
      List<Passed> passed) {
    public Order {
      passed = List.copyOf(passed);
    }
  }

  void run(Order order);

  /** Reports nothing more of the command; one that does not run yet is killed. */
  void abandon(boolean kill);

  /**
   * Sends signals, one after the other.
   *
   * @param all whether all processes of the unit get them, or its command only
   * @return whether it has a command that lives
   */
  boolean signal(boolean all, List<Signal> signals);
}
